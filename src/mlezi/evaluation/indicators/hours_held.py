"""Hours of encounters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Quick, Unit, When
from mlezi.evaluation.members import held, held_by_month


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row an encounter held in the period: `amount` hours, empty when unknown."""
    meetings = held(data, ask)
    return meetings.select(
        "place_id",
        "district_id",
        "region_id",
        "mode",
        record=meetings.encounter_uid,
        amount=meetings.minutes.cast("float64") / 60.0,
    )


def sums(data: Mapping[str, Any], ask: Ask) -> Any:
    """How often each length occurs, added up by month."""
    found = held_by_month(data, ask, times=("held", lambda one: one.is_held))
    return found.mutate(amount=found.minutes.cast("float64") / 60.0)


INDICATOR = Indicator(
    code="hours_held",
    title="Hours of encounters",
    question="How long are encounters, and how many hours do they add up to?",
    measure=Measure.SPREAD,
    unit=Unit.ENCOUNTER,
    in_units="hours",
    numerator="The length of each encounter, in hours, whoever took part; their total is shown beside the median.",
    denominator="Encounters of every mode held on a day of the period.",
    missing="An encounter of unknown length is missing; the number of them is shown.",
    adds_up=True,
    rows=rows,
    quick=(Quick(sums, When.DISTRICTS, but=("facility",)),),
    breakdowns=("mode", "region", "district", "facility"),
)
