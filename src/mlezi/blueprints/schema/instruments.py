"""Instruments: whose wording it is, who may be known to have answered, and how answers become scores."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from mlezi.blueprints.schema.words import Named, Part


class Band(Named):
    """Scores from `start` upwards, until the next band."""

    start: float


class _Scored(Named):
    need: float = Field(default=1, gt=0, le=1, description="Share that must be answered, as 0.8; less gives no score.")
    bands: list[Band] = Field(default=[], description="Cut-offs, from low to high.")

    @field_validator("bands")
    @classmethod
    def _rising(cls, value: list[Band]) -> list[Band]:
        if any(one.start >= other.start for one, other in zip(value, value[1:], strict=False)):
            raise ValueError("each band must start above the one before")
        return value


class Scale(_Scored):
    """Questions whose answers become one number."""

    items: list[str] = Field(min_length=1, description="Names of answers, as in `answer:ra1` in the form.")
    range: Annotated[list[float], Field(min_length=2, max_length=2)] = Field(
        description="Lowest and highest answer, as [1, 7]."
    )
    reverse: list[str] = Field(default=[], description="Items worded the other way round.")
    weights: dict[str, Annotated[float, Field(gt=0)]] = Field(default={}, description="Where not every item counts 1.")
    combine: Literal["mean", "sum", "percent"] = Field(
        default="mean", description="percent: of the way from the lowest to the highest possible."
    )
    substitute: Literal["none", "person-mean"] = Field(
        default="none", description="What stands for a missing item in a sum: nothing, or the person's own mean."
    )

    @model_validator(mode="after")
    def _holds(self) -> Scale:
        if self.range[0] >= self.range[1]:
            raise ValueError("the lowest answer must be below the highest")
        if len(set(self.items)) != len(self.items):
            raise ValueError("an item stands twice")
        if strange := [name for name in (*self.reverse, *self.weights) if name not in self.items]:
            raise ValueError(f"{strange[0]!r} is not among the items")
        if self.combine == "sum" and self.need < 1 and self.substitute == "none":
            raise ValueError(
                "a sum with items missing would be too low: write `substitute: person-mean`, or leave `need` out"
            )
        return self


class KnowledgeTest(_Scored):
    """Questions with right answers; the score is the per cent of points."""

    keys: dict[str, str | list[str]] = Field(
        min_length=1, description="The right choice of each answer; a list where several must be chosen."
    )
    points: dict[str, Annotated[float, Field(gt=0)]] = Field(default={}, description="Where a question counts not 1.")
    blank: Literal["wrong", "missing"] = Field(default="wrong", description="What a question left blank is.")
    pass_mark: float | None = Field(default=None, ge=0, le=100, description="Per cent at which it is passed.")

    @model_validator(mode="after")
    def _holds(self) -> KnowledgeTest:
        if empty := [question for question, right in self.keys.items() if not right]:
            raise ValueError(f"{empty[0]!r} has no right answer")
        if strange := [name for name in self.points if name not in self.keys]:
            raise ValueError(f"points are given to {strange[0]!r}, which has no key")
        return self


class Instrument(Part):
    """A form as an instrument."""

    form: str = Field(description="The form's id.")
    linkage: Literal["identified", "self-coded", "anonymous"] = Field(
        default="identified",
        description="Whether answers are known to be somebody's, joined by a code they make up, or joined by nothing.",
    )
    licence: str = Field(default="", description="Under which licence its wording may be used.")
    source: str = Field(default="", description="Where the instrument comes from.")
    may_ship: bool = Field(default=True, description="Whether its wording may go along with the blueprint.")
    items_text: Literal["ours", "supplied by site"] = Field(
        default="ours", description="Where the wording comes from; what the site must supply is not shipped."
    )
    scales: list[Scale] = []
    tests: list[KnowledgeTest] = []

    @model_validator(mode="after")
    def _wording_is_allowed(self) -> Instrument:
        if not self.may_ship and self.items_text == "ours":
            raise ValueError("its wording may not be shipped: write `items_text: supplied by site`")
        codes = [part.code for part in (*self.scales, *self.tests)]
        if len(set(codes)) != len(codes):
            raise ValueError("two scales or tests have the same code")
        return self
