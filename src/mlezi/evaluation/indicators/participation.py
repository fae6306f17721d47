"""Mentees who took part."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Quick, Unit, When
from mlezi.evaluation.members import OF_A_PERSON, mentees, supported, supported_anywhere, supported_by_month


def rows(data: Mapping[str, Any], ask: Ask, *, receipts: Any = supported) -> Any:
    """One row a mentee: `met` when present at one encounter at least."""
    people = receipts(data, ask, mentees(data, ask))
    return people.select(
        *OF_A_PERSON,
        met=people.n > 0,
    )


INDICATOR = Indicator(
    code="participation",
    title="Mentees who took part",
    question="Who is reached, and which cadres are not?",
    measure=Measure.SHARE,
    unit=Unit.PERSON,
    in_units="%",
    numerator="Of these, those present at one or more encounters held in the period.",
    denominator="People enrolled as mentees on a day of the period, at the place where they work at its end.",
    missing="An encounter whose day is unknown reaches nobody. A mentee without any post is in no place's figure.",
    rows=rows,
    quick=(
        Quick(partial(rows, receipts=supported_by_month), When.WHOLE_MONTHS),
        Quick(partial(rows, receipts=supported_anywhere), When.MANY_DISTRICTS),
    ),
    breakdowns=("cadre", "region", "district", "facility"),
    about_people=True,
)
