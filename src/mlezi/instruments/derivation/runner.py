"""Derives what some submissions touch, on arrival and after human decisions. Safe to run twice and side by side.

Two steps, each its own transaction. First every record learns which encounter it is about. Then, under
the programme's lock, all current records about those encounters are read and derived afresh: whoever
comes second sees what the first committed, so no record is ever left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mlezi.formats import answers
from mlezi.instruments.derivation import awaiting, identity, known, making, newcomers, reading, register, writing
from mlezi.instruments.derivation.known import Known
from mlezi.instruments.derivation.making import Made
from mlezi.instruments.derivation.reading import Loaded, Readings, Stored
from mlezi.instruments.models import Submission
from mlezi.instruments.queries import few
from mlezi.plumbing.bulk import Difference, Table, chunks
from mlezi.programmes.models import Programme

VERSION = 4  # raise when the same record would now mean something else; a rebuild then finds what is stale
TOGETHER = 300


@dataclass
class Done:
    """What a derivation did: units derived, records parked, rows written or removed."""

    n_units: int = 0
    n_parked: int = 0
    n_written: int = 0
    met_somebody: bool = False  # whom other records may wait for

    def add(self, made: Sequence[Made], changes: dict[Table, Difference]) -> None:
        self.n_units += len(made)
        self.n_parked += sum(len(one.troubles) for one in made)
        self.n_written += sum(len(change.come) + len(change.gone) for change in changes.values())


def derive(submission_ids: Collection[UUID], *, at: datetime) -> Done:
    """Derive these submissions, everything that shares an encounter with them, and what waited for people they met."""
    done = Done()
    _derive_records(submission_ids, at, done)
    if done.met_somebody:
        _derive_records(awaiting.now_known(), at, done)
    return done


def _derive_records(submission_ids: Collection[UUID], at: datetime, done: Done) -> None:
    for some in chunks(sorted(submission_ids)):
        by_programme: dict[int, list[UUID]] = {}
        rows = Submission.objects.filter(pk__in=some).values_list("programme_id", "pk")
        for programme_id, pk in rows:
            by_programme.setdefault(programme_id, []).append(pk)
        for programme in Programme.objects.filter(pk__in=by_programme).order_by("pk"):
            uids, alone = identify(programme, by_programme[programme.pk])
            derive_units(programme, uids=uids, alone=alone, at=at, done=done)


def derive_encounters(programme: Programme, uids: Iterable[UUID], *, at: datetime) -> Done:
    """Derive these encounters again, as after a decision about one."""
    done = Done()
    derive_units(programme, uids=set(uids), alone=set(), at=at, done=done)
    return done


@transaction.atomic
def identify(programme: Programme, ids: Sequence[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Note which encounter each record is about. Returns encounters, and records about none, to derive."""
    rows = reading.stored(programme=programme, pk__in=ids)
    readings = Readings(reading.readers_for(rows))
    of_meetings = register.forms_of_meetings(programme)
    uids: set[UUID] = set()
    alone: set[UUID] = set()
    moved: dict[UUID | None, list[UUID]] = {}
    for row in rows:
        now = encounter_of(programme, row, readings, of_meetings)
        if now != row.encounter_uid:
            moved.setdefault(now, []).append(row.id)
        uids |= {uid for uid in (row.encounter_uid, now) if uid}
        if now is None:
            alone.add(row.id)
    for now, of_it in moved.items():
        Submission.objects.filter(pk__in=of_it).update(encounter_uid=now)
    return uids | _earlier(programme, rows), alone


def encounter_of(programme: Programme, row: Stored, readings: Readings, of_meetings: Collection[str]) -> UUID | None:
    """Which encounter a record is about; what was replaced or cannot be read stays where it was."""
    facts = readings.of(row) if row.is_current else None
    if facts is None:
        return row.encounter_uid
    is_meeting = row.form_id in of_meetings
    return identity.encounter_of(facts, row.root_id, namespace=programme.uid, is_meeting=is_meeting)


def _earlier(programme: Programme, rows: Sequence[Stored]) -> set[UUID]:
    """Encounters that earlier edits of these records were about: they must let go of them."""
    edited = sorted({row.chain for row in rows if row.is_edit})
    found: set[UUID] = set()
    for some in chunks(edited):
        chain = Submission.objects.filter(few.edited(programme.pk, some), encounter_uid__isnull=False)
        found |= {uid for uid in chain.values_list("encounter_uid", flat=True) if uid}
    return found


def derive_units(
    programme: Programme, *, uids: Collection[UUID], alone: Collection[UUID], at: datetime, done: Done
) -> None:
    for some in _portions(sorted(uids)):
        _derive(programme, some, (), at, done)
    for some in _portions(sorted(alone)):
        _derive(programme, (), some, at, done)


def _portions(values: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    for start in range(0, len(values), TOGETHER):
        yield values[start : start + TOGETHER]


@transaction.atomic
def _derive(programme: Programme, uids: Sequence[UUID], alone: Sequence[UUID], at: datetime, done: Done) -> None:
    lock(programme)
    loaded = reading.load(programme, uids=uids, alone=alone)
    look_up = prepare(programme, loaded, uids)
    made = [making.make(unit, look_up) for unit, _ in loaded.units]
    if newcomers.welcome(programme, made, at=at):
        look_up = prepare(programme, loaded, uids)
        made = [making.make(unit, look_up) for unit, _ in loaded.units]
        done.met_somebody = True
    empty = set(uids) - {unit.uid for unit, _ in loaded.units}
    changes = writing.write(made, loaded, gone=empty, at=at, version=VERSION)
    for follower in register.followers():
        follower.follow(programme, changes)
    done.add(made, changes)


def lock(programme: Programme) -> None:
    """One derivation of a programme writes at a time; receiving is not held up."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def prepare(programme: Programme, loaded: Loaded, uids: Sequence[UUID]) -> Known:
    """Look up what these records name."""
    look_up = known.start(programme)
    facts = [found for row in loaded.rows if row.speaks and (found := loaded.readings.of(row)) is not None]
    people = {uid for one in facts for text in making.people_named(one) if (uid := answers.uid(text))}
    senders = {row.sender_id for row in loaded.rows if row.sender_id is not None}
    known.load_people(look_up, uids=people, ids=senders)
    known.load_places(look_up, names={name for one in facts for name in making.places_named(one)})
    for deriver in register.derivers():
        look_up.of[deriver.name] = deriver.load(look_up, uids)
    return look_up


def prepare_everything(programme: Programme) -> Known:
    """Look up everything of the programme, once, for a rebuild."""
    look_up = known.start(programme)
    known.load_people(look_up, uids=None)
    known.load_places(look_up, names=None)
    for deriver in register.derivers():
        look_up.of[deriver.name] = deriver.load(look_up, None)
    return look_up
