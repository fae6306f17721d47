"""From a figure back to the bytes: its definition, the query, the records behind, the submissions, their hashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mlezi.competencies.models import Rating
from mlezi.encounters.models import Attendance, Encounter, SampleCheck
from mlezi.evaluation.engines import Row
from mlezi.evaluation.figures import Figure
from mlezi.evaluation.indicator import Unit
from mlezi.goals.models import AgreedAction
from mlezi.instruments.models import Submission
from mlezi.places.scope import Scope
from mlezi.plumbing.bulk import chunks
from mlezi.resources.models import Need


@dataclass(frozen=True)
class Bytes:
    """One stored record: whose bytes these are can be checked against the hash."""

    submission: UUID
    form: str
    received_at: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Explanation:
    figure: Figure
    sql: str
    values: Mapping[str, Any]
    records: Sequence[Row]
    sources: Sequence[Bytes]


def explain(figure: Figure, *, scope: Scope | None = None) -> Explanation:
    """Everything behind a figure that `scope` (None: the command line) may see.

    A figure about facilities, people or phones rests on the encounters of its period; any other on the
    records its rows were derived from.
    """
    found = list(figure.records(scope=scope))
    statement = figure.statement
    values = {key: value for key, value in figure.question.values().items() if key in statement.keys}
    uids, ids = SOURCES.get(figure.indicator.unit, _of_meetings)(figure, [row["record"] for row in found])
    return Explanation(figure, statement.sql, values, found, _bytes(uids, ids))


Found = tuple[set[UUID], set[UUID]]  # encounters, and submissions


def _bytes(uids: Iterable[UUID], ids: Iterable[UUID]) -> list[Bytes]:
    rows: dict[UUID, Bytes] = {}
    for field, wanted in (("encounter_uid__in", uids), ("pk__in", ids)):
        for some in chunks(sorted(wanted)):
            known = Submission.objects.filter(**{field: some}, is_current=True)
            for row in known.values_list("id", "form_id", "received_at", "sha256", "size"):
                rows[row[0]] = Bytes(row[0], row[1], row[2].isoformat(), row[3], row[4])
    return sorted(rows.values(), key=lambda one: (one.received_at, str(one.submission)))


def _meetings(figure: Figure) -> QuerySet[Encounter]:
    asked = figure.question
    return Encounter.objects.filter(programme=asked.programme, held_on__gte=asked.start, held_on__lt=asked.end)


def _of_places(figure: Figure, records: Sequence[Any]) -> Found:
    return _gathered(
        records, lambda some: _meetings(figure).filter(place__in=some).values_list("uid", flat=True)
    ), set()


def _of_people(figure: Figure, records: Sequence[Any]) -> Found:
    asked = figure.question
    seats = Attendance.objects.filter(
        encounter__programme=asked.programme, encounter__held_on__gte=asked.start, encounter__held_on__lt=asked.end
    )
    return _gathered(records, lambda some: seats.filter(person__in=some).values_list("encounter", flat=True)), set()


def _of_meetings(figure: Figure, records: Sequence[Any]) -> Found:
    return {UUID(str(record)) for record in records}, set()


def _of_checks(figure: Figure, records: Sequence[Any]) -> Found:
    checks = SampleCheck.objects.all()
    return _gathered(records, lambda some: checks.filter(pk__in=some).values_list("encounter_uid", flat=True)), set()


def _of_nothing(figure: Figure, records: Sequence[Any]) -> Found:
    return set(), set()


def _derived(model: Any) -> Callable[[Figure, Sequence[Any]], Found]:
    def found(figure: Figure, records: Sequence[Any]) -> Found:
        rows = model.objects.all()
        return set(), _gathered(records, lambda some: rows.filter(pk__in=some).values_list("submission_id", flat=True))

    return found


def _gathered(records: Sequence[Any], read: Callable[[Sequence[Any]], Iterable[UUID]]) -> set[UUID]:
    return {found for some in chunks(list(records)) for found in read(some)}


SOURCES: Mapping[Unit, Callable[[Figure, Sequence[Any]], Found]] = {
    Unit.PLACE: _of_places,
    Unit.PLACE_TOPIC: _of_places,
    Unit.PERSON: _of_people,
    Unit.ENCOUNTER: _of_meetings,
    Unit.PLANNED: _of_meetings,
    Unit.CHECK: _of_checks,
    Unit.RATING: _derived(Rating),
    Unit.NEED: _derived(Need),
    Unit.ACTION: _derived(AgreedAction),
    Unit.DEVICE: _of_nothing,
}
