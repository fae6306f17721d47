"""Hours of support that each mentee received."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Quick, Unit, When
from mlezi.evaluation.members import OF_A_PERSON, mentees, supported, supported_anywhere, supported_by_month


def rows(data: Mapping[str, Any], ask: Ask, *, receipts: Any = supported) -> Any:
    """One row a mentee: `amount` hours; empty when all their meetings have unknown length."""
    people = receipts(data, ask, mentees(data, ask))
    nought = (people.n == 0).ifelse(ibis.literal(0, "float64"), ibis.null("float64"))
    return people.select(
        *OF_A_PERSON,
        amount=(people.minutes.cast("float64") / 60.0).coalesce(nought),
    )


INDICATOR = Indicator(
    code="dose_hours",
    title="Hours of support per mentee",
    question="How much support did each mentee receive?",
    measure=Measure.SPREAD,
    unit=Unit.PERSON,
    in_units="hours",
    numerator="Minutes of all encounters held in the period at which the mentee was present, as hours.",
    denominator="People enrolled as mentees on a day of the period, at the place where they work at its end.",
    missing=(
        "A mentee without any encounter received 0 hours. A mentee all of whose encounters have an unknown length "
        "is missing; where only some have, their hours count the known ones."
    ),
    rows=rows,
    quick=(
        Quick(partial(rows, receipts=supported_by_month), When.WHOLE_MONTHS),
        Quick(partial(rows, receipts=supported_anywhere), When.MANY_DISTRICTS),
    ),
    breakdowns=("region", "district", "facility", "cadre"),
    about_people=True,
)
