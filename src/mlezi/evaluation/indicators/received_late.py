"""Encounters whose record came late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row an encounter held in the period: `met` when it counts."""
    meetings = ask.during(ask.visible(data["encounters"]), "held_on")
    meetings = meetings.filter(meetings.is_held)
    return meetings.select(
        "place_id",
        "district_id",
        "region_id",
        "mode",
        record=meetings.encounter_uid,
        met=meetings.days_to_receipt > ask.late_days,
    )


INDICATOR = Indicator(
    code="received_late",
    title="Records that came late",
    question="How much of the picture arrives late?",
    measure=Measure.SHARE,
    unit=Unit.ENCOUNTER,
    in_units="%",
    numerator="Of these, those whose first record came more than a week after the meeting.",
    denominator="Encounters of every mode held in the period.",
    missing="An encounter whose delay is unknown is missing.",
    rows=rows,
    breakdowns=("mode", "region", "district", "facility"),
    better="lower",
)
