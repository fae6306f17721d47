"""Mentees still where they were mentored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import LONG_AGO
from mlezi.evaluation.operations import KNOWN


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a person ever enrolled as mentee: `met` when in post, on the last day, where they joined."""
    members = data["memberships"]
    joined = members.filter(members.programme_id == ask.programme, members.part == "mentee", members.from_on < ask.end)
    earlier = joined.view()
    first = joined.anti_join(earlier, [joined.person_id == earlier.person_id, earlier.from_on < joined.from_on])
    posts = data["posts"]
    known = first.join(posts, first.person_id == posts.person_id).select(
        first.person_id,
        first.programme_id,
        first.cadre,
        posts.post_id,
        posts.place_id,
        posts.path,
        posts.district_id,
        posts.region_id,
        posts.to_on,
        joined_on=first.from_on,
        since=posts.from_on.coalesce(LONG_AGO),
    )
    candidates = known.filter(known.to_on.isnull() | (known.to_on >= known.joined_on))
    other = data["post_days"].mutate(since=data["post_days"].from_on.coalesce(LONG_AGO))
    start = candidates.anti_join(
        other,
        [
            candidates.person_id == other.person_id,
            other.to_on.isnull() | (other.to_on >= candidates.joined_on),
            (other.since < candidates.since)
            | ((other.since == candidates.since) & (other.post_id < candidates.post_id)),
        ],
    )
    seen = ask.visible(start, person="person_id").view()  # else its columns lose their table where each is looked up
    now = data["post_days"]
    is_there = (
        (now.person_id == seen.person_id)
        & (now.place_id == seen.place_id)
        & (now.from_on.isnull() | (now.from_on < ask.end))
        & (now.to_on.isnull() | (now.to_on >= ask.last))
    ).any()
    return seen.mutate(met=is_there.cast(KNOWN)).select(
        "person_id", "place_id", "district_id", "region_id", "cadre", "met", record=seen.person_id
    )


INDICATOR = Indicator(
    code="still_in_post",
    title="Mentees still in post",
    question="Do the people the programme invested in stay?",
    measure=Measure.SHARE,
    unit=Unit.PERSON,
    in_units="%",
    numerator="Of these, those in post at that same place on the period's last day.",
    denominator=(
        "People enrolled as mentees on any day up to the period's last, also if they left since, at the place where "
        "they worked when they first enrolled (or the next place known)."
    ),
    missing="Somebody without any known post is in no place's figure. Nobody is taken to have left without a date.",
    rows=rows,
    breakdowns=("cadre", "region", "district", "facility"),
    about_people=True,
    as_at_end=True,
)
