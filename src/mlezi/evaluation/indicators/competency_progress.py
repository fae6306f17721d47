"""Ratings that rose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import latest_ratings, seen_ratings


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a mentee and competency rated in the period: `met` when the level rose; empty without a comparison."""
    now = latest_ratings(data, ask, since=ask.start)
    past = seen_ratings(data, ask)
    same = [now.person_id == past.person_id, now.competency_id == past.competency_id]
    history = now.join(past, same).select(
        now.rating_uid,
        now.person_id,
        now.competency_id,
        now.rated_on,
        before_on=(past.rated_on < ask.start).ifelse(past.rated_on, ibis.null("date")),
        seen_on=past.rated_on,
    )
    days = history.group_by("rating_uid", "person_id", "competency_id", "rated_on").aggregate(
        base_on=history.before_on.max().coalesce(history.seen_on.min())
    )
    past = seen_ratings(data, ask)
    bases = days.join(
        past,
        [
            days.person_id == past.person_id,
            days.competency_id == past.competency_id,
            days.base_on == past.rated_on,
            days.base_on < days.rated_on,
        ],
    ).select(days.rating_uid, past.level)
    base = bases.group_by("rating_uid").aggregate(base_level=bases.level.max())
    return now.left_join(base, now.rating_uid == base.rating_uid).select(
        now.person_id,
        now.place_id,
        now.district_id,
        now.region_id,
        now.cadre,
        now.topic,
        record=now.rating_uid,
        met=now.level > base.base_level,
    )


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
