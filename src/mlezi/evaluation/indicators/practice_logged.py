"""Mentees who practised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import mentees


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a mentee: `met` when a practice of theirs was logged in the period."""
    logs = ask.during(data["practices"], "practised_on")
    logs = logs.filter(logs.programme_id == ask.programme)
    people = mentees(data, ask)
    logs = people.join(logs, people.person_id == logs.person_id).select(logs.person_id).distinct()
    return people.left_join(logs, people.person_id == logs.person_id).select(
        people.record,
        people.person_id,
        people.place_id,
        people.district_id,
        people.region_id,
        people.cadre,
        met=logs.person_id.notnull(),
    )


INDICATOR = Indicator(
    code="practice_logged",
    title="Mentees who logged practice",
    question="Do people practise between visits?",
    measure=Measure.SHARE,
    unit=Unit.PERSON,
    in_units="%",
    numerator="Of these, those with one or more practices logged in the period.",
    denominator="People enrolled as mentees on a day of the period, at the place where they work at its end.",
    missing="Practice that nobody logged is not seen: read this as a lower bound.",
    rows=rows,
    breakdowns=("cadre", "region", "district", "facility"),
    about_people=True,
)
