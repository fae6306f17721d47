"""Keeping rollups whole: counted again when people change, made again when their definitions did."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from django.db import models, transaction
from django.db.models.functions import Coalesce

from mlezi.audit import actions as audit
from mlezi.audit.models import Event
from mlezi.competencies.models import Rating
from mlezi.encounters.models import Attendance, Encounter
from mlezi.evaluation import rollups, standing, versions
from mlezi.evaluation.makers import KEYS, SIZES
from mlezi.evaluation.models import (
    LevelCube,
    LevelMonth,
    MeetingMonth,
    PersonMonth,
    PersonTotal,
    PersonYear,
    RatingSpell,
)
from mlezi.instruments.derivation.runner import lock
from mlezi.plumbing import clock, tuning
from mlezi.programmes.models import Programme

AREA = Coalesce("place__district_id", "place_id", output_field=models.BigIntegerField())
OUTDATED = "rollups.outdated"
TOGETHER = SIZES[-1]
Tell = Callable[[int, int], None]


def recount(people: Collection[int]) -> None:
    """Count the ratings of these people under their present cadre, in every programme that rated them."""
    for programme in Programme.objects.filter(pk__in=_programmes_of(people)).order_by("pk"):
        with transaction.atomic():
            lock(programme)
            rollups.people_changed(programme, people)
            versions.raise_everywhere(programme.pk)


def _programmes_of(people: Collection[int]) -> set[int]:
    found: set[int] = set()
    for some in _portions(sorted(people)):
        rows = RatingSpell.objects.filter(person__in=some).order_by()
        found |= set(rows.values_list("programme_id", flat=True).distinct())
    return found


@transaction.atomic
def note_outdated(*, by: audit.Actor, at: datetime) -> list[Programme]:
    """Ask the worker to make again the rollups that are not of the present definitions; gives their programmes."""
    found = standing.outdated()
    for programme in found:
        if not Event.objects.filter(name=OUTDATED, subject_id=str(programme.pk), waits=True).exists():
            audit.record(OUTDATED, programme, by=by, at=at, facts={"to": standing.fingerprint()[:12]})
    return found


def remake_rollups(programme: Programme, *, tell: Tell | None = None) -> None:
    """Make a programme's rollups by the present definitions, portion by portion while records go on arriving.

    Each portion is a transaction under the programme's lock, so that a derivation between two of them
    keeps in step what was made. Stopped and begun again, it begins anew.
    """
    if standing.is_current(programme.pk):
        return
    tuning.refresh_statistics()  # a planner that knows nothing reads everything for each portion
    todo = list(_todo(programme))
    standing.begin(programme, len(todo), at=clock.now())
    for number, (model, ids) in enumerate(todo, start=1):
        with transaction.atomic():
            lock(programme)
            rollups.remake(model, programme, ids)
            standing.went_on(programme, number)
        if tell:
            tell(number, len(todo))
    tuning.refresh_statistics()  # now of the rollups themselves
    with transaction.atomic():
        lock(programme)
        standing.made(programme)
        versions.raise_everywhere(programme.pk)


def _todo(programme: Programme) -> Iterator[tuple[type[models.Model], Collection[int]]]:
    """Every portion: who or where a rollup has rows about, or should have."""
    seats = Attendance.objects.filter(encounter__programme=programme)
    sources: tuple[tuple[type[models.Model], models.QuerySet[models.Model], str | Coalesce], ...] = (
        (PersonMonth, seats, "person_id"),
        (PersonYear, seats, "person_id"),
        (PersonTotal, seats, "person_id"),
        (MeetingMonth, Encounter.objects.filter(programme=programme), AREA),
        (RatingSpell, Rating.objects.filter(programme=programme), "person_id"),
        (LevelCube, Rating.objects.filter(programme=programme), "place_id"),
        (LevelMonth, Rating.objects.filter(programme=programme), "place_id"),
    )
    for model, rows, key in sources:
        there = model._default_manager.filter(programme=programme).values_list(f"{KEYS[model]}_id", flat=True)
        wanted = rows.order_by().values_list(key, flat=True).distinct()
        ids = {pk for pk in (*there.distinct(), *wanted) if pk is not None}
        yield from ((model, some) for some in _portions(sorted(ids)))


def _portions(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), TOGETHER):
        yield ids[start : start + TOGETHER]
