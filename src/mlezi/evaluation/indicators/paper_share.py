"""Encounters typed in from paper."""

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
        met=meetings.is_backfilled,
    )


def sums(data: Mapping[str, Any], ask: Ask) -> Any:
    """The same, added up by month."""
    found = held_by_month(
        data, ask, n=("from_paper", lambda one: one.is_backfilled), of=("held", lambda one: one.is_held)
    )
    return found.mutate(asked=found.of)


INDICATOR = Indicator(
    code="paper_share",
    title="Records typed in from paper",
    question="How much is typed in later from paper?",
    measure=Measure.SHARE,
    unit=Unit.ENCOUNTER,
    in_units="%",
    numerator="Of these, those typed in from a paper sheet.",
    denominator="Encounters of every mode held in the period.",
    missing="Every record says how it came; none is missing.",
    rows=rows,
    quick=(Quick(sums, When.DISTRICTS, but=("facility",)),),
    breakdowns=("mode", "region", "district", "facility"),
    better="lower",
)
