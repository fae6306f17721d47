"""Encounters whose record came late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Quick, Unit, When
from mlezi.evaluation.members import held, held_by_month


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row an encounter held in the period: `met` when it counts."""
    meetings = held(data, ask)
    return meetings.select(
        "place_id",
        "district_id",
        "region_id",
        "mode",
        record=meetings.encounter_uid,
        met=meetings.days_to_receipt > ask.late_days,
    )


def sums(data: Mapping[str, Any], ask: Ask) -> Any:
    """The same, added up by month."""
    return held_by_month(
        data,
        ask,
        n=("late", lambda one: (one.days_to_receipt > ask.late_days).fill_null(False)),
        of=("timed", lambda one: one.days_to_receipt.notnull()),
        asked=("held", lambda one: one.is_held),
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
    quick=(Quick(sums, When.DISTRICTS, but=("facility",)),),
    breakdowns=("mode", "region", "district", "facility"),
    better="lower",
)
