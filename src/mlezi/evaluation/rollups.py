"""Keeps the rollups: small tables that large pages read in place of millions of rows.

Each is an insert-select compiled from the datasets, so that a rollup cannot say something else than the
live tables. `Follower.follow` runs in the derivation's own transaction with what it changed; whatever a
change touches is deleted and made again. The same statements, without a list, rebuild everything.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import F, Q

from mlezi.competencies.models import Rating
from mlezi.encounters.models import Attendance, Encounter
from mlezi.evaluation import engines
from mlezi.evaluation.datasets import live
from mlezi.evaluation.members import latest_of
from mlezi.evaluation.models import CurrentRating, DataVersion, LevelCube, PersonMonth
from mlezi.evaluation.operations import bind, month_of
from mlezi.plumbing.bulk import Difference, Table
from mlezi.programmes.models import Programme

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
    from mlezi.evaluation import raw  # noqa: PLC0415 - names only, read off the models

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


@functools.cache
def _statement(model: type[models.Model], vendor: str, size: int) -> engines.Statement:
    return engines.compiled(MAKERS[model](live(vendor), size), vendor)


def _make(model: type[models.Model], programme: Programme, ids: Collection[int] | None = None, **values: Any) -> None:
    """Insert the rows of these ids (None: of everybody). They must not be there."""
    size = 0 if ids is None else next(size for size in SIZES if size >= len(ids))
    named = list(ids or ())
    values |= {f"id_{i}": named[min(i, len(named) - 1)] for i in range(size)}
    statement = _statement(model, connection.vendor, size)
    values |= {"programme": programme.pk, "district_level": None, "region_level": None}
    engines.change(statement, values, into=model._meta.db_table)


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), SIZES[-1]):
        yield ordered[start : start + SIZES[-1]]


def rebuild(programme: Programme) -> None:
    """Make every rollup of a programme again, in the caller's transaction."""
    for model in MAKERS:
        model._default_manager.filter(programme=programme).delete()
        _make(model, programme)


class Follower:
    """Kept in step by the derivation; see `instruments.derivation.register`."""

    name = "rollups"

    def follow(self, programme: Programme, changes: Mapping[Table, Difference] | None) -> None:
        if changes is None:
            rebuild(programme)
        else:
            by_model = {table.model: difference for table, difference in changes.items()}
            _follow_meetings(programme, by_model)
            _follow_ratings(programme, by_model.get(Rating))
        raise_version(programme)


def _follow_meetings(programme: Programme, changes: Mapping[Any, Difference]) -> None:
    meetings, seats = changes.get(Encounter), changes.get(Attendance)
    days = {row.uid: {row.held_on} for row in _rows(meetings)}
    for row in _rows(meetings):
        days[row.uid].add(row.held_on)
    people = {row.person_id for row in _rows(seats)}
    strangers = {row.encounter_id for row in _rows(seats)} - set(days)
    for uid, day in Encounter.objects.filter(uid__in=strangers).values_list("uid", "held_on"):
        days.setdefault(uid, set()).add(day)
    people |= set(Attendance.objects.filter(encounter__in=list(days)).values_list("person_id", flat=True))
    months = {day.replace(day=1) for found in days.values() for day in found if day}
    for month in sorted(months):
        after = _next(month)
        for some in _portions(people):
            PersonMonth.objects.filter(programme=programme, person__in=some, month=month).delete()
            _make(PersonMonth, programme, some, start=month, end=after)


def _follow_ratings(programme: Programme, change: Difference | None) -> None:
    for some in _portions({row.person_id for row in _rows(change)}):
        mine = Q(programme=programme, person__in=some)
        places = set(CurrentRating.objects.filter(mine).values_list("place_id", flat=True))
        CurrentRating.objects.filter(mine).delete()
        _make(CurrentRating, programme, some)
        places |= set(CurrentRating.objects.filter(mine).values_list("place_id", flat=True))
        for where in _portions(places - {None}):
            LevelCube.objects.filter(programme=programme, place__in=where).delete()
            _make(LevelCube, programme, where)


def _rows(change: Difference | None) -> Iterator[Any]:
    if change:
        yield from change.gone
        yield from change.come


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def raise_version(programme: Programme) -> None:
    """Tell cached answers that data changed. The caller holds the programme's lock or is alone."""
    if not DataVersion.objects.filter(programme=programme).update(number=F("number") + 1):
        DataVersion.objects.create(programme=programme, number=1)
