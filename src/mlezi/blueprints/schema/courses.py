"""Courses: sessions, tests before and after, and what a certificate asks for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mlezi.blueprints.schema.words import Code, Named, Part, Words

Mark = Annotated[float, Field(ge=0, le=100)]


class Certificate(Part):
    """What somebody must have for the certificate, and what it says."""

    title: Words | None = Field(default=None, description="What is certified; otherwise the course's title.")
    issuer: str = Field(default="", description="Who certifies; otherwise the programme's title.")
    criteria: Words | None = Field(default=None, description="In words, for the badge; otherwise made from the rule.")
    attendance: float = Field(default=0.8, ge=0, le=1, description="Share of the sessions that must be attended.")
    pass_mark: Mark | None = Field(default=None, description="Per cent in the test after the course; empty: no test.")
    must_pass: dict[str, Mark] = Field(
        default={}, description="Scales or tests of the test after the course that must each reach their mark."
    )
    valid_days: int | None = Field(default=None, ge=1, description="Days until it runs out; empty: it does not.")


class Course(Named):
    """Something people are taught together, at one or several sessions."""

    encounters: list[Code] = Field(min_length=1, description="Types of encounter that are its sessions.")
    sessions: int | None = Field(default=None, ge=1, description="How many there are; otherwise as many as were held.")
    pre_test: str | None = Field(default=None, description="Form id of the test before; time point `pre`.")
    post_test: str | None = Field(default=None, description="Form id of the test after; time point `post`.")
    scale: Code | None = Field(
        default=None, description="Which scale or test of these counts, where there are several."
    )
    evaluation: str | None = Field(default=None, description="Form id of the evaluation at its end.")
    post_days: int = Field(default=14, ge=1, description="Days after the last on which test and evaluation stay open.")
    certificate: Certificate | None = None
