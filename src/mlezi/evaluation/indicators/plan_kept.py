"""Planned encounters that were held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import planned_and_held


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a planned encounter: `met` when it was held, empty when it was cancelled."""
    plans = planned_and_held(data, ask)
    return plans.select(
        "place_id",
        "district_id",
        "region_id",
        "mode",
        record=plans.planned_uid,
        met=plans.is_cancelled.ifelse(ibis.null("boolean"), plans.was_held),
    )


INDICATOR = Indicator(
    code="plan_kept",
    title="Planned encounters held",
    question="Does what is planned take place?",
    measure=Measure.SHARE,
    unit=Unit.PLANNED,
    in_units="%",
    numerator="Of these, those that were held, on whatever day.",
    denominator="Encounters planned for a day of the period and not cancelled.",
    missing="A cancelled one counts neither as held nor as not held; the number of them is shown.",
    rows=rows,
    breakdowns=("mode", "region", "district", "facility"),
)
