"""How many encounters each mentee had."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Quick, Unit, When
from mlezi.evaluation.members import OF_A_PERSON, mentees, supported, supported_anywhere, supported_by_month


def rows(data: Mapping[str, Any], ask: Ask, *, receipts: Any = supported) -> Any:
    """One row a mentee: `amount` encounters."""
    people = receipts(data, ask, mentees(data, ask))
    return people.select(
        *OF_A_PERSON,
        amount=people.n.cast("float64"),
    )


INDICATOR = Indicator(
    code="dose_encounters",
    title="Encounters per mentee",
    question="How often was each mentee supported?",
    measure=Measure.SPREAD,
    unit=Unit.PERSON,
    in_units="encounters",
    numerator="Encounters of every mode held in the period at which the mentee was present.",
    denominator="People enrolled as mentees on a day of the period, at the place where they work at its end.",
    missing="A mentee without any encounter had 0. An encounter whose day is unknown does not count.",
    rows=rows,
    quick=(
        Quick(partial(rows, receipts=supported_by_month), When.WHOLE_MONTHS),
        Quick(partial(rows, receipts=supported_anywhere), When.MANY_DISTRICTS),
    ),
    breakdowns=("region", "district", "facility", "cadre"),
    about_people=True,
)
