"""Places and people of a programme."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from mlezi.blueprints.schema.words import Code, Named, Part, Words


class Level(Named):
    """One floor of the tree of places."""


class Places(Part):
    """How the tree of places is called here."""

    levels: list[Level] = Field(min_length=1, description="From the root down, as country, region, district, facility.")
    sites: Code = Field(description="The level at which people work and visits happen; not above `oversight`.")
    oversight: Code = Field(
        description="The level an overseer looks after, as a district; nobody is made overseer of a place below it."
    )


class RoleName(Part):
    """What a role is called here, as "District Medical Officer" for overseer."""

    role: str = Field(description="A role's code; see the reference page on permissions.")
    title: Words


class CohortPart(Named):
    """People who start together, or who are compared: a list of people names a cohort by its code."""

    starts_on: date | None = None


class Rate(Named):
    """What something costs, for the costed visit plan."""

    unit: str = Field(pattern="^(day|night|km|trip|visit)$", description="day, night, km, trip or visit.")
    amount: float = Field(ge=0, description="In the rate's currency, per unit.")
    currency: str = Field(default="TZS", pattern="^[A-Z]{3}$", description="ISO 4217.")
