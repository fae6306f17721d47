"""The definitions of the rollups: small tables that large pages read in place of millions of rows.

Each is compiled from the datasets, so that a rollup cannot say something else than the live tables.
`rollups` keeps them; `standing` knows by which definitions they were made.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from typing import Any

import ibis
from django.db import models

from mlezi.encounters.queries import LATE_DAYS
from mlezi.evaluation import engines
from mlezi.evaluation.datasets import live
from mlezi.evaluation.models import (
    LevelCube,
    LevelMonth,
    MeetingMonth,
    PersonMonth,
    PersonTotal,
    PersonYear,
    RatingSpell,
)
from mlezi.evaluation.operations import bind, month_of

SIZES = (1, 8, 64, 512)  # how many ids a statement names; few sizes, so that few are compiled
Data = Mapping[str, Any]


def _chosen(column: Any, size: int) -> Any:
    return column.isin([bind(f"id_{i}", "int64") for i in range(size)])


def person_months(data: Data, size: int) -> Any:
    """Person by month, for the days from `start` to before `end` where persons are named."""
    seats = _received(data, size)
    if size:
        seats = seats.filter(seats.held_on >= bind("start", "date"), seats.held_on < bind("end", "date"))
    seats = _last_seen(seats.mutate(month=month_of(seats.held_on)), "person_id", "month")
    return seats.group_by("programme_id", "person_id", "month").aggregate(
        encounters=seats.count(),
        known=seats.minutes.count(),
        minutes=seats.minutes.sum(),
        place_id=seats.place_id.max(where=seats.is_last),
        cadre=seats.cadre.max(where=seats.is_last).coalesce(""),
        last_on=seats.held_on.max(where=seats.is_last),
    )


def _received(data: Data, size: int) -> Any:
    """Seats of mentees who were there."""
    seats = data["attendances"]
    seats = seats.filter(seats.programme_id == bind("programme", "int64"), seats.is_held, seats.is_present)
    seats = seats.filter(seats.part == "mentee", seats.held_on.notnull())
    return seats.filter(_chosen(seats.person_id, size)) if size else seats


def _last_seen(seats: Any, *within: str) -> Any:
    """With `is_last`: the latest seat at a known place; on one day the row's id tells."""
    order = [seats.place_id.isnull(), ibis.desc(seats.held_on), ibis.desc(seats.attendance_uid)]
    last = ibis.window(group_by=list(within), order_by=order)
    return seats.mutate(is_last=(ibis.row_number().over(last) == 0) & seats.place_id.notnull())


def person_totals(data: Data, size: int) -> Any:
    """Everything a person received, and where they were last seen."""
    seats = _last_seen(_received(data, size), "person_id")
    return seats.group_by("programme_id", "person_id").aggregate(
        encounters=seats.count(),
        known=seats.minutes.count(),
        minutes=seats.minutes.sum(),
        first_on=seats.held_on.min(),
        last_on=seats.held_on.max(),
        place_id=seats.place_id.max(where=seats.is_last),
        cadre=seats.cadre.max(where=seats.is_last).coalesce(""),
        placed_on=seats.held_on.max(where=seats.is_last),
    )


def person_years(data: Data, size: int) -> Any:
    """Person by year, from the months."""
    months = data["person_months"]
    months = months.filter(months.programme_id == bind("programme", "int64"))
    if size:
        months = months.filter(_chosen(months.person_id, size))
    months = months.mutate(year=months.month.year().cast("int64"))
    return months.group_by("programme_id", "person_id", "year").aggregate(
        encounters=months.encounters.sum().cast("int64"),
        known=months.known.sum().cast("int64"),
        minutes=months.minutes.sum().cast("int64"),
    )


def meeting_months(data: Data, size: int) -> Any:
    """Encounters held by area, month, mode and length, for the days from `start` where areas are named."""
    meetings, places = data["encounters"], data["places"]
    meetings = meetings.filter(meetings.programme_id == bind("programme", "int64"), meetings.is_held)
    meetings = meetings.filter(meetings.held_on.notnull(), meetings.place_id.notnull())
    if size:
        inside = places.filter(_chosen(places.district_id, size) | _chosen(places.place_id, size)).select("place_id")
        meetings = inside.join(meetings, inside.place_id == meetings.place_id)
        meetings = meetings.filter(meetings.held_on >= bind("start", "date"), meetings.held_on < bind("end", "date"))
    cells = meetings.select(
        "programme_id",
        "mode",
        "minutes",
        "days_to_receipt",
        "is_backfilled",
        place_id=meetings.district_id.coalesce(meetings.place_id),
        month=month_of(meetings.held_on),
    )
    return cells.group_by("programme_id", "place_id", "month", "mode", "minutes").aggregate(
        held=cells.count(),
        timed=cells.days_to_receipt.count(),
        late=cells.count(where=cells.days_to_receipt > LATE_DAYS),
        from_paper=cells.count(where=cells.is_backfilled),
    )


def rating_spells(data: Data, size: int) -> Any:
    """The latest rating of each person and competency at the ends of months; `members.latest_of` tells the latest."""
    ratings = data["ratings"]
    ratings = ratings.filter(ratings.programme_id == bind("programme", "int64"), ~ratings.is_own)
    if size:
        ratings = ratings.filter(_chosen(ratings.person_id, size))
    ratings = ratings.mutate(since=month_of(ratings.rated_on))
    best_last = [ratings.rated_on, ratings.level, ratings.rating_uid]
    month = ibis.window(
        group_by=["person_id", "competency_id", "since"], order_by=[ibis.desc(one) for one in best_last]
    )
    last = ratings.mutate(nth=ibis.row_number().over(month))
    last = last.filter(last.nth == 0)
    history = ibis.window(group_by=["person_id", "competency_id"], order_by="since")
    return last.select(
        "programme_id",
        "person_id",
        "competency_id",
        "place_id",
        "level",
        "rated_on",
        "since",
        until=last.since.lead().over(history),
    )


def level_cube(data: Data, size: int) -> Any:
    """Current ratings added up by place, topic and cadre."""
    now = data["rating_spells"]
    joined = _placed(now.filter(now.until.isnull()), size)
    return joined.group_by("programme_id", "place_id", "topic", "cadre").aggregate(
        rated=joined.count(), passed=joined.count(where=joined.is_passed)
    )


def level_months(data: Data, size: int) -> Any:
    """What each month added to and took from a cell of the cube; what cancels out is left out."""
    spells = data["rating_spells"]
    parts = ["programme_id", "place_id", "topic", "cadre", "level", "pass_level"]
    begun = spells.select(*parts, month=spells.since, more=ibis.literal(1, "int64"))
    over = spells.filter(spells.until.notnull())
    ended = over.select(*parts, month=over.until, more=ibis.literal(-1, "int64"))
    joined = _placed(begun.union(ended), size)
    summed = joined.group_by("programme_id", "place_id", "topic", "cadre", "month").aggregate(
        rated=joined.more.sum().cast("int64"),
        passed=ibis.ifelse(joined.is_passed, joined.more, 0).sum().cast("int64"),
    )
    return summed.filter((summed.rated != 0) | (summed.passed != 0))


def _placed(ratings: Any, size: int) -> Any:
    """Ratings at the chosen places."""
    mine = ratings.filter(ratings.programme_id == bind("programme", "int64"), ratings.place_id.notnull())
    if size:
        mine = mine.filter(_chosen(mine.place_id, size))
    return mine.mutate(is_passed=mine.level >= mine.pass_level)


MAKERS: Mapping[type[models.Model], Any] = {
    PersonMonth: person_months,
    PersonYear: person_years,
    PersonTotal: person_totals,
    MeetingMonth: meeting_months,
    RatingSpell: rating_spells,
    LevelCube: level_cube,
    LevelMonth: level_months,
}
KEYS: Mapping[type[models.Model], str] = {
    PersonMonth: "person",
    PersonYear: "person",
    PersonTotal: "person",
    MeetingMonth: "place",
    RatingSpell: "person",
    LevelCube: "place",
    LevelMonth: "place",
}


@functools.cache
def statement(model: type[models.Model], vendor: str, size: int) -> engines.Statement:
    return engines.compiled(MAKERS[model](live(vendor), size), vendor)


@functools.cache
def fingerprint(vendor: str) -> str:
    """Of the text of all definitions on a database: another one means that rollups must be made again."""
    text = "\n".join(f"{model.__name__} {statement(model, vendor, 0).sql}" for model in MAKERS)
    return hashlib.sha256(text.encode()).hexdigest()
