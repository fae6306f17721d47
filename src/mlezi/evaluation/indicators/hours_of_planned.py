"""Hours held of hours planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import planned_and_held


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a planned encounter that was not cancelled: `amount` hours held `of` hours planned."""
    plans = planned_and_held(data, ask)
    plans = plans.filter(~plans.is_cancelled)
    return plans.select(
        "place_id",
        "district_id",
        "region_id",
        "mode",
        record=plans.planned_uid,
        amount=plans.was_held.ifelse(plans.held_minutes.cast("float64") / 60.0, ibis.literal(0, "float64")),
        of=plans.planned_minutes.cast("float64") / 60.0,
    )


INDICATOR = Indicator(
    code="hours_of_planned",
    title="Hours held of hours planned",
    question="How much of the planned support was given?",
    measure=Measure.RATIO,
    unit=Unit.PLANNED,
    in_units="%",
    numerator="Hours of those planned encounters that were held; one not held gave 0.",
    denominator="Hours planned for the period, without cancelled encounters; a plan without a length has its type's.",
    missing="A plan without any length, and one held for an unknown length, are left out of both sums and counted.",
    rows=rows,
    breakdowns=("mode", "region", "district", "facility"),
)
