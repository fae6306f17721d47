"""Which areas a derivation changed: those in whose figures any changed row may count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey

from mlezi.encounters.models import Attendance, Encounter, PlannedEncounter
from mlezi.evaluation import areas
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.plumbing.bulk import Difference, Table, chunks

MANY = 5_000  # people; then everything is taken to be touched
OF_MEETINGS = ("uid", "encounter_id", "encounter_uid")  # columns that say which encounter a row is about


def by(changes: Mapping[Table, Difference]) -> set[int] | None:
    """The areas touched; None when so much changed that finding out costs more than it saves.

    A row counts where its place is and, when it is about a person, wherever that person is counted. An
    encounter touches besides the plan it keeps, and those who were there.
    """
    places: set[int] = set()
    people: set[int] = set()
    uids: set[UUID] = set()
    for table, difference in changes.items():
        columns: list[tuple[list[str], set[Any]]] = [
            (_columns(table, Place), places),
            (_columns(table, Person), people),
            ([name for name in OF_MEETINGS if name in table.columns], uids),
        ]
        for row in _rows(difference):
            for names, into in columns:
                into.update(value for name in names if (value := getattr(row, name)) is not None)
    for some in chunks(sorted(uids)):
        places |= _places(Encounter.objects.filter(pk__in=some))
        places |= _places(PlannedEncounter.objects.filter(pk__in=some))
        people |= set(Attendance.objects.filter(encounter__in=some).values_list("person_id", flat=True)) - {None}
    if len(people) > MANY:
        return None
    return areas.of_places(places) | areas.of_people(people)


def _rows(difference: Difference) -> Iterator[Any]:
    yield from difference.gone
    yield from difference.come


def _columns(table: Table, model: type) -> list[str]:
    fields = table.model._meta.concrete_fields
    return [field.attname for field in fields if isinstance(field, ForeignKey) and field.related_model is model]


def _places(rows: Any) -> set[int]:
    return set(rows.order_by().values_list("place_id", flat=True)) - {None}
