"""Encounters held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Quick, Unit, When
from mlezi.evaluation.members import held, held_by_month


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row an encounter held in the period; each counts."""
    meetings = held(data, ask)
    return meetings.select(
        "place_id", "district_id", "region_id", "mode", record=meetings.encounter_uid, met=meetings.is_held
    )


def sums(data: Mapping[str, Any], ask: Ask) -> Any:
    """The same, added up by month."""
    found = held_by_month(data, ask, n=("held", lambda one: one.is_held))
    return found.mutate(of=found.n, asked=found.n)


INDICATOR = Indicator(
    code="encounters_held",
    title="Encounters held",
    question="How much takes place?",
    measure=Measure.COUNT,
    unit=Unit.ENCOUNTER,
    in_units="encounters",
    numerator="Encounters of every mode held on a day of the period.",
    denominator="The same.",
    missing="An encounter whose day is unknown is in no period. None recorded prints no data, not 0.",
    rows=rows,
    quick=(Quick(sums, When.DISTRICTS, but=("facility",)),),
    breakdowns=("mode", "region", "district", "facility"),
)
