"""Ratings that rose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import latest_ratings, seen


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a mentee and competency rated in the period: `met` when the level rose; empty without a comparison."""
    now = latest_ratings(data, ask, since=ask.start).view()
    before, first, then = (seen(data["rating_levels"], ask).view() for _ in range(3))
    before = before.filter(_is_of(before, now), before.rated_on < ask.start)
    first = first.filter(_is_of(first, now))
    found = now.mutate(
        base_on=before.rated_on.max().as_scalar().coalesce(first.rated_on.min().as_scalar()), record=now.rating_uid
    ).view()
    base = then.filter(_is_of(then, found), then.rated_on == found.base_on, then.rated_on < found.rated_on)
    return found.select(
        "record",
        "person_id",
        "place_id",
        "district_id",
        "region_id",
        "cadre",
        "topic",
        met=found.level > base.level.max().as_scalar(),
    )


def _is_of(past: Any, now: Any) -> Any:
    return (past.person_id == now.person_id) & (past.competency_id == now.competency_id)


INDICATOR = Indicator(
    code="competency_progress",
    title="Competencies that progressed",
    question="Do mentees get better at what they are rated on?",
    measure=Measure.SHARE,
    unit=Unit.RATING,
    in_units="%",
    numerator="Of these, those whose latest level in the period is above the level compared with.",
    denominator=(
        "Pairs of a mentee and a competency rated by somebody else in the period, compared with the last day of "
        "rating before the period, or else the first day in it."
    ),
    missing=(
        "A pair rated on one day only has nothing to compare with: missing. Where several ratings fall on one day, "
        "the highest holds. A mentee's ratings of themselves are left out."
    ),
    rows=rows,
    breakdowns=("topic", "cadre", "region", "district", "facility"),
    about_people=True,
)
