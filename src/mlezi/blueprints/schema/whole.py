"""The whole blueprint."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, field_validator, model_validator

from mlezi.blueprints.schema.competence import Framework
from mlezi.blueprints.schema.courses import Course
from mlezi.blueprints.schema.instruments import Instrument
from mlezi.blueprints.schema.matching import Matching
from mlezi.blueprints.schema.meetings import EncounterType, Equipment, FormFile, Material, Planning, Schedule, Trust
from mlezi.blueprints.schema.people import CohortPart, Places, Rate, RoleName
from mlezi.blueprints.schema.words import Code, Named, Part, Words
from mlezi.studies.plan import Study

VERSION = 1


class Target(Part):
    """What the programme means to reach, for one indicator, in each period."""

    indicator: str
    per: Literal["month", "quarter", "year"] = "quarter"
    value: float


class Blueprint(Part):
    """A programme as a folder of plain files; this is its `blueprint.yaml`."""

    mlezi: int = Field(description="Version of this schema: 1.")
    code: Code = Field(description="Names the programme in every address. Never change it.")
    title: Words
    summary: Words | None = None
    languages: list[str] = Field(default=["en"], min_length=1, description="Every title should exist in each of them.")
    time_zone: str = "Africa/Dar_es_Salaam"
    starts_on: date | None = None
    ends_on: date | None = None
    places: Places
    cadres: list[Named] = []
    roles: list[RoleName] = []
    framework: Framework = Field(
        default=Framework(), description="The framework, or the name of a file; none where nobody is rated."
    )
    equipment: Equipment = Equipment()
    forms: list[FormFile] = Field(min_length=1)
    encounters: list[EncounterType] = Field(default=[], description="Kinds of meeting; none for a survey alone.")
    targets: list[Target] = []
    schedules: list[Schedule] = []
    instruments: list[Instrument] = Field(
        default=[], description="How forms are scored and whose wording they are; or the name of a file that says so."
    )
    courses: list[Course] = []
    cohorts: list[CohortPart] = []
    rates: list[Rate] = []
    planning: Planning = Planning()
    trust: Trust = Trust()
    materials: list[Material] = []
    study: Study | None = Field(
        default=None, description="The study, or the name of the file that holds it: study.yaml."
    )
    matching: Matching = Matching()
    # --- parts whose rooms come later: their shape is checked, they are kept, `plan` says they wait ---
    indicators: list[str] = Field(default=[], description="Indicators on the first page, in this order.")
    codebooks: list[str] = Field(
        default=[], description="Files that hold codebooks, or codes of those that ship, as cfir-2022."
    )
    readiness: list[str] = Field(default=[], description="Known facilitators that are in place, as protected_time.")

    @field_validator("mlezi")
    @classmethod
    def _version(cls, value: int) -> int:
        if value != VERSION:
            raise ValueError(f"this Mlezi reads version {VERSION} of the schema, not {value}")
        return value

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Blueprint:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError(f"ends_on ({self.ends_on}) is before starts_on ({self.starts_on})")
        return self


# Kept and reported as "not yet used" until their rooms exist.
WAITING: tuple[str, ...] = ()
