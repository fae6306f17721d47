"""Agreed actions done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row an action due in the period: `met` when done by its end, empty when dropped."""
    actions = ask.visible(data["actions"])
    actions = actions.mutate(day=actions.due_on.coalesce(actions.agreed_on))
    actions = ask.during(actions, "day")
    is_closed = actions.closed_on.notnull() & (actions.closed_on < ask.end)
    return actions.select(
        "place_id",
        "district_id",
        "region_id",
        "topic",
        record=actions.action_uid,
        met=(is_closed & (actions.outcome == "dropped")).ifelse(
            ibis.null("boolean"), is_closed & (actions.outcome == "done")
        ),
    )


INDICATOR = Indicator(
    code="action_completion",
    title="Agreed actions done",
    question="Is what was agreed carried out?",
    measure=Measure.SHARE,
    unit=Unit.ACTION,
    in_units="%",
    numerator="Of these, those decided done by the period's last day.",
    denominator="Actions due on a day of the period; one without a due day counts on the day it was agreed.",
    missing="A dropped action counts neither as done nor as not done; the number of them is shown.",
    rows=rows,
    breakdowns=("topic", "region", "district", "facility"),
)
