"""Encounters held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row an encounter held in the period; each counts."""
    meetings = ask.during(ask.visible(data["encounters"]), "held_on")
    meetings = meetings.filter(meetings.is_held)
    return meetings.select(
        "place_id", "district_id", "region_id", "mode", record=meetings.encounter_uid, met=meetings.is_held
    )


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
    breakdowns=("mode", "region", "district", "facility"),
)
