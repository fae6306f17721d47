"""Ratings at or above the level to reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Quick, Unit, When
from mlezi.evaluation.members import latest_ratings


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a mentee and competency ever rated: `met` when the latest level is the pass level or above."""
    now = latest_ratings(data, ask)
    return now.select(
        "person_id",
        "place_id",
        "district_id",
        "region_id",
        "cadre",
        "topic",
        record=now.rating_uid,
        met=now.level >= now.pass_level,
    )


def sums(data: Mapping[str, Any], ask: Ask) -> Any:
    """The same, added up by place, topic and cadre."""
    cells = ask.visible(data["level_cube"])
    return cells.select(
        "place_id",
        "district_id",
        "region_id",
        "cadre",
        "topic",
        n=cells.passed,
        of=cells.rated,
        asked=cells.rated,
    )


def sums_then(data: Mapping[str, Any], ask: Ask) -> Any:
    """The same at the end of an earlier month: what holds now without the changes since."""
    parts = ("place_id", "district_id", "region_id", "cadre", "topic")
    now = ask.visible(data["level_cube"])
    since = ask.visible(data["level_months"])
    since = since.filter(since.month >= ask.end)
    both = ibis.union(
        now.select(*parts, n=now.passed, of=now.rated), since.select(*parts, n=-since.passed, of=-since.rated)
    )
    return both.mutate(asked=both.of)


INDICATOR = Indicator(
    code="at_level",
    title="Competencies at or above the level to reach",
    question="How many reach the level the programme asks for?",
    measure=Measure.SHARE,
    unit=Unit.RATING,
    in_units="%",
    numerator="Of these, those whose latest level is the competency's pass level or above.",
    denominator=(
        "Pairs of a mentee and a competency rated by somebody else up to the period's last day, at the place of the "
        "latest rating."
    ),
    missing="What was never rated is left out: it is unknown, not failed. Ratings do not lapse here.",
    rows=rows,
    quick=(Quick(sums, When.LATEST), Quick(sums_then, When.MONTH_END)),
    breakdowns=("topic", "cadre", "region", "district", "facility"),
    about_people=True,
    as_at_end=True,
)
