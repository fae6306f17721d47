"""The definitions of the rollups: small tables that large pages read in place of millions of rows.

Each is compiled from the datasets, so that a rollup cannot say something else than the live tables.
`rollups` keeps them; `standing` knows by which definitions they were made.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import connection, models

from mlezi.evaluation import engines, raw
from mlezi.evaluation.datasets import live
from mlezi.evaluation.members import latest_of
from mlezi.evaluation.models import CurrentRating, LevelCube, PersonMonth
from mlezi.evaluation.operations import bind, month_of

SIZES = (1, 8, 64, 512)  # how many ids a statement names; few sizes, so that few are compiled
Data = Mapping[str, Any]


def _chosen(column: Any, size: int) -> Any:
    return column.isin([bind(f"id_{i}", "int64") for i in range(size)])


def person_months(data: Data, size: int) -> Any:
    """Person by month, for the days from `start` to before `end` where persons are named."""
    seats = data["attendances"]
    seats = seats.filter(seats.programme_id == bind("programme", "int64"), seats.is_held, seats.is_present)
    seats = seats.filter(seats.part == "mentee", seats.held_on.notnull())
    if size:
        seats = seats.filter(_chosen(seats.person_id, size))
        seats = seats.filter(seats.held_on >= bind("start", "date"), seats.held_on < bind("end", "date"))
    seats = seats.mutate(month=month_of(seats.held_on))
    return seats.group_by("programme_id", "person_id", "month").aggregate(
        encounters=seats.count(), known=seats.minutes.count(), minutes=seats.minutes.sum()
    )


def current_ratings(data: Data, size: int) -> Any:
    """The latest rating of each person and competency; the rule is that of `members.latest_of`."""
    ratings = data["ratings"]
    ratings = ratings.filter(ratings.programme_id == bind("programme", "int64"), ~ratings.is_own)
    if size:
        ratings = ratings.filter(_chosen(ratings.person_id, size))
    return latest_of(ratings).select("programme_id", "person_id", "competency_id", "place_id", "level", "rated_on")


def level_cube(data: Data, size: int) -> Any:
    """Current ratings added up by place, topic and cadre."""
    tables = raw.tables(connection.vendor)
    now, skill, domain, person = data["current_ratings"], tables["competency"], tables["domain"], tables["person"]
    now = now.filter(now.programme_id == bind("programme", "int64"), now.place_id.notnull())
    if size:
        now = now.filter(_chosen(now.place_id, size))
    joined = (
        now.left_join(skill, now.competency_id == skill.id)
        .left_join(domain, skill.domain_id == domain.id)
        .left_join(person, now.person_id == person.id)
        .select(
            now.programme_id,
            now.place_id,
            topic=domain.code,
            cadre=person.cadre,
            is_passed=now.level >= skill.pass_level,
        )
    )
    return joined.group_by("programme_id", "place_id", "topic", "cadre").aggregate(
        rated=joined.count(), passed=joined.count(where=joined.is_passed)
    )


MAKERS: Mapping[type[models.Model], Any] = {
    PersonMonth: person_months,
    CurrentRating: current_ratings,
    LevelCube: level_cube,
}
KEYS: Mapping[type[models.Model], str] = {PersonMonth: "person", CurrentRating: "person", LevelCube: "place"}


@functools.cache
def statement(model: type[models.Model], vendor: str, size: int) -> engines.Statement:
    return engines.compiled(MAKERS[model](live(vendor), size), vendor)


@functools.cache
def fingerprint(vendor: str) -> str:
    """Of the text of all definitions on a database: another one means that rollups must be made again."""
    text = "\n".join(f"{model.__name__} {statement(model, vendor, 0).sql}" for model in MAKERS)
    return hashlib.sha256(text.encode()).hexdigest()
