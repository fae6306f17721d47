"""Open actions past their day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row an action open at the end: `met` (it counts) when its day has passed, empty when none was named."""
    actions = ask.visible(data["actions"])
    actions = actions.filter(
        actions.agreed_on.isnull() | (actions.agreed_on < ask.end),
        actions.closed_on.isnull() | (actions.closed_on >= ask.end),
    )
    return actions.select(
        "place_id",
        "district_id",
        "region_id",
        "topic",
        record=actions.action_uid,
        met=actions.due_on < ask.last,
    )


INDICATOR = Indicator(
    code="actions_overdue",
    title="Agreed actions overdue",
    question="What was agreed and is late?",
    measure=Measure.COUNT,
    unit=Unit.ACTION,
    in_units="actions",
    numerator="Of these, those whose due day lies before the period's last day.",
    denominator="Actions agreed by the period's last day and open on it, with a due day.",
    missing="An open action without a due day cannot be overdue; the number of them is shown.",
    rows=rows,
    breakdowns=("topic", "region", "district", "facility"),
    better="lower",
    as_at_end=True,
)
