"""How long needs waited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.operations import days_between


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a need met in the period: `amount` days since it was found."""
    needs = ask.during(ask.visible(data["needs"]), "met_on")
    needs = needs.filter(~needs.is_wrong)
    return needs.select(
        "place_id",
        "district_id",
        "region_id",
        "kind",
        "item",
        record=needs.need_uid,
        amount=days_between(needs.found_on, needs.met_on).cast("float64"),
    )


INDICATOR = Indicator(
    code="days_to_met",
    title="Days until a need was met",
    question="How long do facilities wait for what they lack?",
    measure=Measure.SPREAD,
    unit=Unit.NEED,
    in_units="days",
    numerator="Days from the day a need was found to the day it was seen or decided met.",
    denominator="Needs met on a day of the period.",
    missing="Needs still open have no days yet and are not in this figure: read it beside the needs open.",
    rows=rows,
    breakdowns=("kind", "item", "region", "district", "facility"),
    better="lower",
)
