"""Needs open at the end of a period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a need found up to the last day: `met` (it counts) when it was still open then."""
    needs = ask.visible(data["needs"])
    needs = needs.filter(needs.found_on < ask.end, ~needs.is_wrong)
    return needs.select(
        "place_id",
        "district_id",
        "region_id",
        "kind",
        "item",
        record=needs.need_uid,
        met=needs.met_on.isnull() | (needs.met_on >= ask.end),
    )


INDICATOR = Indicator(
    code="needs_open",
    title="Needs open",
    question="What do facilities still lack?",
    measure=Measure.COUNT,
    unit=Unit.NEED,
    in_units="needs",
    numerator="Needs found on or before the period's last day that were not met by then, however old.",
    denominator="All needs found on or before that day, without those decided to be mistakes.",
    missing="A facility where nobody looked has no needs recorded; that is not the same as lacking nothing.",
    rows=rows,
    breakdowns=("kind", "item", "region", "district", "facility"),
    better="lower",
    as_at_end=True,
)
