"""Mentors due a refresher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Quick, Unit, When
from mlezi.evaluation.members import mentees
from mlezi.evaluation.operations import days_after


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a mentor: `met` (it counts) when the last training no longer holds, or there was none."""
    mentors, seats = mentees(data, ask, part="mentor").view(), _trainings(data, ask)
    last = seats.filter(seats.person_id == mentors.person_id).held_on.max().as_scalar()  # each mentor is looked up
    return _due(mentors.mutate(last_on=last), ask)


def rows_of_many(data: Mapping[str, Any], ask: Ask) -> Any:
    """The same where the workshops there were are fewer than what their mentors ever sat in."""
    mentors, seats = mentees(data, ask, part="mentor"), _trainings(data, ask)
    trained = mentors.join(seats, mentors.person_id == seats.person_id).select(seats.person_id, seats.held_on)
    trained = trained.group_by("person_id").aggregate(last_on=trained.held_on.max())
    joined = mentors.left_join(trained, mentors.person_id == trained.person_id)
    return _due(joined.select(mentors, last_on=trained.last_on), ask)


def _trainings(data: Mapping[str, Any], ask: Ask) -> Any:
    """Who sat in a workshop, and when."""
    seats = data["attendances"].view()
    return seats.filter(
        seats.programme_id == ask.programme,
        seats["mode"] == "workshop",
        seats.is_held,
        seats.is_present,
        seats.part != "lead",
        seats.held_on < ask.end,
    )


def _due(mentors: Any, ask: Ask) -> Any:
    is_due = mentors.last_on.isnull() | (days_after(mentors.last_on, ask.refresh_days.coalesce(0)) <= ask.last)
    return mentors.select(
        "record",
        "person_id",
        "place_id",
        "district_id",
        "region_id",
        "cadre",
        met=ask.refresh_days.notnull().ifelse(is_due, ibis.null("boolean")),
    )


INDICATOR = Indicator(
    code="refreshers_due",
    title="Mentors due a refresher",
    question="Whose own training has grown old?",
    measure=Measure.COUNT,
    unit=Unit.PERSON,
    in_units="mentors",
    numerator=(
        "Of these, those whose last workshop as a participant lies at least as long back as training holds, and "
        "those who never had one."
    ),
    denominator="People enrolled as mentors on a day of the period.",
    missing="Where no type of workshop says how often it is due, nobody can be due: no data.",
    rows=rows,
    quick=(Quick(rows_of_many, When.MANY_DISTRICTS),),
    breakdowns=("region", "district", "cadre"),
    about_people=True,
    better="lower",
    as_at_end=True,
)
