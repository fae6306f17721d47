"""Keeps the rollups (`makers`) in step with the live tables.

`follow` runs in the derivation's own transaction with what it changed; whatever a change touches
is deleted and made again. The same statements, without a list, rebuild everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import Q

from mlezi.competencies.models import Rating
from mlezi.encounters.models import Attendance, Encounter
from mlezi.evaluation import areas, engines, standing, touched, versions
from mlezi.evaluation.makers import KEYS, MAKERS, SIZES, statement
from mlezi.evaluation.models import (
    LevelCube,
    LevelMonth,
    MeetingMonth,
    PersonMonth,
    PersonTotal,
    PersonYear,
    RatingSpell,
)
from mlezi.plumbing.bulk import Difference, Table
from mlezi.programmes.models import Programme

FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)


def _make(model: type[models.Model], programme: Programme, ids: Collection[int] | None = None, **values: Any) -> None:
    """Insert the rows of these ids (None: of everybody). They must not be there."""
    size = 0 if ids is None else next(size for size in SIZES if size >= len(ids))
    named = list(ids or ())
    values |= {f"id_{i}": named[min(i, len(named) - 1)] for i in range(size)}
    made = statement(model, connection.vendor, size)
    values |= {"programme": programme.pk}
    engines.change(made, values, into=model._meta.db_table)


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), SIZES[-1]):
        yield ordered[start : start + SIZES[-1]]


def remake(model: type[models.Model], programme: Programme, ids: Collection[int]) -> None:
    """Make the rows of these people or places again, in the caller's transaction; see `KEYS`."""
    for some in _portions(ids):
        model._default_manager.filter(**{"programme": programme, f"{KEYS[model]}__in": some}).delete()
        _make(model, programme, some, start=FIRST_DAY, end=LAST_DAY)


def rebuild(programme: Programme) -> None:
    """Make every rollup of a programme again, in the caller's transaction."""
    for model in MAKERS:
        model._default_manager.filter(programme=programme).delete()
        _make(model, programme)
    standing.made(programme)


def follow(programme: Programme, changes: Mapping[Table, Difference] | None) -> None:
    """Bring up to date what these changes of a derivation touch; None: everything of the programme."""
    if changes is None:
        rebuild(programme)
        versions.raise_everywhere(programme.pk)
        return
    if standing.is_new(programme):
        rebuild(programme)
    else:
        by_model = {table.model: difference for table, difference in changes.items()}
        _follow_meetings(programme, by_model)
        _follow_ratings(programme, by_model.get(Rating))
        people_changed(programme, _new_cadres(by_model.get(Attendance)))
    concerned = touched.by(changes)
    if concerned is None:
        versions.raise_everywhere(programme.pk)
    else:
        versions.raise_areas(programme.pk, concerned)
    versions.compact(programme)


def people_changed(programme: Programme, people: Collection[int]) -> None:
    """Count the ratings of these people under the cadre they have now."""
    places: set[int] = set()
    for some in _portions(people):
        mine = RatingSpell.objects.filter(programme=programme, person__in=some, place__isnull=False)
        places |= set(mine.values_list("place_id", flat=True))
    _remake_levels(programme, places)


def _new_cadres(change: Difference | None) -> set[int]:
    """People whose seats say another cadre than before: an edited form corrected whom it created."""
    if change is None:
        return set()
    gone: list[Any] = list(change.gone)
    come: list[Any] = list(change.come)
    before = {row.id: row.cadre for row in gone}
    return {row.person_id for row in come if before.get(row.id, row.cadre) != row.cadre} - {None}


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
    touched_areas = _areas_by_month(_rows(meetings))
    months = {day.replace(day=1) for found in days.values() for day in found if day}
    for month in sorted(months):
        after = _next(month)
        for some in _portions(people):
            PersonMonth.objects.filter(programme=programme, person__in=some, month=month).delete()
            _make(PersonMonth, programme, some, start=month, end=after)
        for some in _portions(touched_areas[month]):
            MeetingMonth.objects.filter(programme=programme, place__in=some, month=month).delete()
            _make(MeetingMonth, programme, some, start=month, end=after)
    for model in (PersonYear, PersonTotal):
        remake(model, programme, people - {None})


def _areas_by_month(meetings: Iterable[Any]) -> defaultdict[date, set[int]]:
    """Month → the districts (or places outside any) where these encounters were or are held."""
    found: defaultdict[date, set[int]] = defaultdict(set)
    rows = [row for row in meetings if row.place_id and row.held_on]
    known = areas.by_place({row.place_id for row in rows})
    for row in rows:
        found[row.held_on.replace(day=1)].add(known[row.place_id] or row.place_id)
    return found


def _follow_ratings(programme: Programme, change: Difference | None) -> None:
    for some in _portions({row.person_id for row in _rows(change)}):
        mine = Q(programme=programme, person__in=some)
        places = set(RatingSpell.objects.filter(mine).values_list("place_id", flat=True))
        RatingSpell.objects.filter(mine).delete()
        _make(RatingSpell, programme, some)
        places |= set(RatingSpell.objects.filter(mine).values_list("place_id", flat=True))
        _remake_levels(programme, places - {None})


def _remake_levels(programme: Programme, places: Collection[int]) -> None:
    for model in (LevelCube, LevelMonth):
        remake(model, programme, places)


def _rows(change: Difference | None) -> Iterator[Any]:
    if change:
        yield from change.gone
        yield from change.come


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
