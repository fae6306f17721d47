"""Encounters, forms, schedules and the visit plan."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from mlezi.blueprints.schema.words import Code, Named, Part, Words

Mode = Literal["visit", "tele-session", "video-review", "shift", "workshop", "contact"]


class EncounterType(Named):
    """A kind of meeting on one of the modes. A new kind of meeting is data, not code."""

    mode: Mode = Field(description="How people meet.")
    forms: list[str] = Field(
        min_length=1,
        description="Form ids that feed it. Where two say different things the earlier one holds.",
    )
    led_by: list[str] = Field(default=["mentor"], description="Roles that may lead it.")
    every_days: int | None = Field(default=None, ge=1, description="How often each site should have one.")
    minutes: int | None = Field(default=None, ge=1, description="How long it is planned to take.")
    counts_as: list[Literal["coverage", "dose", "orientation", "refresher"]] = Field(
        default=["coverage", "dose"], description="What it counts as in the indicators."
    )
    refresh_days: int | None = Field(default=None, ge=1, description="For a refresher: days until the next is due.")
    retired: bool = Field(default=False, description="No longer offered; what was held stays.")


class FormFile(Part):
    """A form of the programme."""

    file: str = Field(description="An XLSForm under this folder: .md, .xlsx, .xls or .csv.")
    purpose: str = Field(description="visit, rating, peer, practice, training, survey, interview …")
    title: Words | None = Field(default=None, description="What people read; otherwise the title in the form.")
    closed: bool = Field(default=False, description="Phones no longer get it; its records stay.")


class Wave(Part):
    """One time point of a schedule."""

    code: Code = Field(description="As baseline, midterm, endline: datasets call the time point by it.")
    title: Words | None = None
    offset_days: int = Field(default=0, description="Days after the anchor on which it falls due; below 0 is before.")
    window_days: int | None = Field(default=None, ge=1, description="Days it stays open; empty: it does not close.")


class Schedule(Named):
    """When an instrument is due for whom."""

    form: str
    who: list[str] = Field(min_length=1, description="Parts people take: mentee, mentor, registered, or a role.")
    anchor: Literal["enrolment", "first-encounter", "programme-start", "date", "course"] = Field(
        default="enrolment", description="The day to count from, for each person."
    )
    on: date | None = Field(default=None, description="The day, when the anchor is a date.")
    encounter: Code | None = Field(default=None, description="For first-encounter: only of this type.")
    course: Code | None = Field(default=None, description="The course, when the anchor is its first day.")
    offset_days: int = Field(default=0, description="Where there are no `waves`: days after the anchor.")
    window_days: int | None = Field(default=None, ge=1, description="Where there are no `waves`: days it stays open.")
    waves: list[Wave] = Field(default=[], description="Time points; without any there is one, under the code above.")
    remind_after_days: list[int] = Field(
        default=[7, 21], max_length=3, description="Days after asking on which a reminder may go out; few on purpose."
    )


class Item(Named):
    """A thing a site should have."""


class Equipment(Part):
    """What sites need. Equipment for learning is kept apart from clinical equipment."""

    clinical: list[Item] = []
    learning: list[Item] = []
    staff: list[Item] = []
    supplies: list[Item] = []


class Planning(Part):
    """How much each reason weighs when visits are planned by need. Weights are relative."""

    quality: float = Field(default=3, ge=0, description="Low latest ratings.")
    volume: float = Field(default=1, ge=0, description="Many clients, where known.")
    overdue: float = Field(default=3, ge=0, description="Time since the last visit.")
    actions: float = Field(default=1, ge=0, description="Open agreed actions.")
    turnover: float = Field(default=1, ge=0, description="People new or gone since the last visit.")
    visits_per_mentor_month: int = Field(default=6, ge=1)


class Trust(Part):
    """When a record looks implausible, and how many are confirmed."""

    distance_km: float = Field(default=20, gt=0, description="Phone this far from the facility's point.")
    mentees_per_hour: int = Field(default=10, ge=1)
    sample_share: float = Field(default=0.05, gt=0, le=1, description="Share of encounters drawn for confirmation.")


class Material(Part):
    """Something to read, watch or listen to, kept on the phone."""

    file: str
    title: Words
    domain: Code | None = None
    licence: str = ""
    source: str = ""
