"""Phones that are silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import phones_in_scope
from mlezi.evaluation.operations import days_between


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a phone in use."""
    phones = phones_in_scope(data, ask)
    return phones.select(
        "person_id",
        "place_id",
        "district_id",
        "region_id",
        record=phones.device_uid,
        met=days_between(phones.seen_on, ask.last) > ask.silent_days,
    )


INDICATOR = Indicator(
    code="silent_phones",
    title="Phones not heard of",
    question="Which phones may hold visits we have not seen?",
    measure=Measure.COUNT,
    unit=Unit.DEVICE,
    in_units="phones",
    numerator="Of these, those that did not call in during the week before the period's last day.",
    denominator="Phones in use, where their holder works.",
    missing="A phone that never called in counts from the day it was enrolled.",
    rows=rows,
    breakdowns=("region", "district", "facility"),
    better="lower",
    as_at_end=True,
    is_kept=False,
)
