"""People first written down on a visit. Called by the derivation, in batches, again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mlezi.audit.queries import about
from mlezi.people.actions.persons import tidy_phone
from mlezi.people.models import Person, Post
from mlezi.people.queries.persons import by_uid
from mlezi.places.models import Place


@dataclass(frozen=True)
class Met:
    """What a form says about somebody met for the first time. `uid` was made on the device.

    `earlier` are the records that this one was edited from: it may correct whom they created, and nobody else.
    """

    uid: UUID
    name: str
    submission: UUID
    met_on: date | None = None
    cadre: str = ""
    phone: str = ""
    place: Place | None = None
    earlier: frozenset[UUID] = frozenset()


@transaction.atomic
def note_met(*, people: Sequence[Met], at: datetime) -> dict[UUID, Person]:
    """Make sure that everybody met exists; the same call again changes nothing.

    What the form says holds until a person corrected it by hand. Gives the person behind each uid,
    after merges. Whoever comes without a name is called by the start of their uid.
    """
    told = {met.uid: met for met in people}  # of two rows about one uid the later holds
    known = {row.uid: row for row in Person.objects.select_for_update().filter(uid__in=list(told))}
    new = [_person(met, at) for uid, met in told.items() if uid not in known]
    Person.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)  # another worker may be as quick
    _correct([(row, told[uid]) for uid, row in known.items()])
    _note_posts(told)
    return by_uid(told)


def _person(met: Met, at: datetime) -> Person:
    return Person(
        uid=met.uid,
        name=_name(met),
        cadre=met.cadre[:60],
        phone=tidy_phone(met.phone),
        created_at=at,
        created_by_submission=met.submission,
    )


def _name(met: Met) -> str:
    return " ".join(met.name.split())[:200] or str(met.uid)[:8]


def _correct(pairs: list[tuple[Person, Met]]) -> None:
    """An edited form corrects whom it created, unless somebody corrected that person by hand."""
    own = [
        (row, met)
        for row, met in pairs
        if row.created_by_submission in {met.submission, *met.earlier}
        and (row.name, row.cadre, row.phone) != (_name(met), met.cadre[:60], tidy_phone(met.phone))
    ]
    if not own:
        return
    changed = about("Person", [row.pk for row, _ in own]).filter(name="person.changed")
    by_hand = set(changed.values_list("subject_id", flat=True))
    for row, met in own:
        if str(row.pk) not in by_hand:
            row.name, row.cadre, row.phone = _name(met), met.cadre[:60], tidy_phone(met.phone)
            row.save(update_fields=["name", "cadre", "phone"])


def _note_posts(told: dict[UUID, Met]) -> None:
    """Where they were met is where they work, until somebody says otherwise."""
    posted = set(Post.objects.filter(person__uid__in=list(told)).values_list("person__uid", flat=True))
    rows = Person.objects.filter(uid__in=[uid for uid in told if uid not in posted]).exclude(created_by_submission=None)
    Post.objects.bulk_create(
        [
            Post(person=row, place=met.place, cadre=row.cadre, from_on=met.met_on)
            for row in rows
            if (met := told[row.uid]).place is not None and row.merged_into_id is None
        ],
        batch_size=500,
    )
