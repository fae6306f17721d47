"""Sampled encounters that the facility confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row an encounter drawn: `met` when confirmed, empty while nobody could say."""
    checks = ask.visible(data["sample_checks"])
    checks = checks.filter(checks.period >= ask.first_month, checks.period <= ask.last_month)
    return checks.select(
        "place_id",
        "district_id",
        "region_id",
        record=checks.check_id,
        met=ibis.cases((checks.answer == "confirmed", True), (checks.answer == "denied", False)),
    )


INDICATOR = Indicator(
    code="sample_match",
    title="Sampled encounters confirmed",
    question="Can the records be trusted?",
    measure=Measure.SHARE,
    unit=Unit.CHECK,
    in_units="%",
    numerator="Of these, those the facility in charge confirmed.",
    denominator="Encounters drawn at random for the months of the period, and confirmed or denied.",
    missing="Those still open, and those where nobody could be reached, are missing; the number of them is shown.",
    rows=rows,
    breakdowns=("region", "district", "facility"),
)
