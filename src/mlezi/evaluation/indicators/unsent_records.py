"""Records that phones still hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import phones_in_scope


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a phone in use."""
    phones = phones_in_scope(data, ask)
    return phones.select(
        "person_id",
        "place_id",
        "district_id",
        "region_id",
        record=phones.device_uid,
        amount=phones.unsent.cast("float64"),
    )


INDICATOR = Indicator(
    code="unsent_records",
    title="Records still on phones",
    question="How many records are waiting on phones?",
    measure=Measure.SPREAD,
    unit=Unit.DEVICE,
    in_units="records",
    numerator="Records that each phone said it still held when last heard of; their total is shown beside the median.",
    denominator="Phones in use, where their holder works.",
    missing="A phone that does not say is missing; the number of them is shown.",
    rows=rows,
    breakdowns=("region", "district", "facility"),
    better="lower",
    as_at_end=True,
    is_kept=False,
)
