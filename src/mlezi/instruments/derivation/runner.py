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
from mlezi.instruments.derivation import identity, known, making, newcomers, reading, register, writing
from mlezi.instruments.derivation.known import Known
from mlezi.instruments.derivation.reading import Readings, Stored
from mlezi.instruments.models import Submission
from mlezi.plumbing.bulk import chunks
from mlezi.programmes.models import Programme

VERSION = 1  # raise when the same record would now mean something else; `rebuild` then finds what is stale
TOGETHER = 300


@dataclass
class Done:
    n_units: int = 0
    n_parked: int = 0
    n_written: int = 0


def derive(submission_ids: Collection[UUID], *, at: datetime) -> Done:
    """Derive these submissions and everything that shares an encounter with them."""
    done = Done()
    for some in chunks(sorted(submission_ids)):
        by_programme: dict[int, list[UUID]] = {}
        rows = Submission.objects.filter(pk__in=some).values_list("programme_id", "pk")
        for programme_id, pk in rows:
            by_programme.setdefault(programme_id, []).append(pk)
        for programme in Programme.objects.filter(pk__in=by_programme).order_by("pk"):
            uids, alone = identify(programme, by_programme[programme.pk])
            derive_units(programme, uids=uids, alone=alone, at=at, done=done)
    return done


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
    for row in rows:
        was = row.encounter_uid
        now = was
        if row.is_current and (facts := readings.of(row)) is not None:
            is_meeting = row.form_id in of_meetings
            now = identity.encounter_of(facts, row.root_id, namespace=programme.uid, is_meeting=is_meeting)
        if now != was:
            Submission.objects.filter(pk=row.id).update(encounter_uid=now)
        uids |= {uid for uid in (was, now) if uid}
        uids |= _earlier(programme, row)
        if now is None:
            alone.add(row.id)
    return uids, alone


def _earlier(programme: Programme, row: Stored) -> set[UUID]:
    """Encounters that earlier edits of this record were about: they must let go of it."""
    chain = Submission.objects.filter(programme=programme, form_id=row.form_id, root_id=row.root_id)
    return {uid for uid in chain.values_list("encounter_uid", flat=True) if uid}


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
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    rows = reading.stored(programme=programme, encounter_uid__in=uids) if uids else []
    if alone:
        rows += _with_edits(programme, alone)
    readings = Readings(reading.readers_for(rows))
    units = reading.units(rows, readings)
    look_up = prepare(programme, rows, readings, uids)
    made = [making.make(unit, look_up) for unit, _ in units]
    if newcomers.welcome(programme, made, at=at):
        look_up = prepare(programme, rows, readings, uids)
        made = [making.make(unit, look_up) for unit, _ in units]
    empty = set(uids) - {unit.uid for unit, _ in units}
    batch = [(one, members) for one, (_, members) in zip(made, units, strict=True)]
    changes = writing.write(batch, gone=empty, readings=readings, at=at, version=VERSION)
    for follower in register.followers():
        follower.follow(programme, changes)
    done.n_units += len(units)
    done.n_parked += sum(len(one.troubles) for one in made)
    done.n_written += sum(len(change.come) + len(change.gone) for change in changes.values())


def _with_edits(programme: Programme, ids: Sequence[UUID]) -> list[Stored]:
    """These records and their earlier edits, as far as they are about no encounter."""
    rows = reading.stored(programme=programme, pk__in=ids, encounter_uid__isnull=True)
    there = {row.id for row in rows}
    roots = sorted({row.root_id for row in rows})
    forms = sorted({row.form_id for row in rows})
    for some in chunks(roots):
        chain = reading.stored(programme=programme, form_id__in=forms, root_id__in=some, encounter_uid__isnull=True)
        rows += [row for row in chain if row.id not in there]
    return rows


def prepare(programme: Programme, rows: Sequence[Stored], readings: Readings, uids: Sequence[UUID] | None) -> Known:
    """Look up what these records name (`uids` None: load everything of the programme)."""
    look_up = known.start(programme)
    if uids is None:
        known.load_people(look_up, uids=None)
        known.load_places(look_up, names=None)
    else:
        said = [facts for row in rows if row.speaks and (facts := readings.of(row)) is not None]
        people = {uid for facts in said for text in making.people_named(facts) if (uid := answers.uid(text))}
        senders = {row.sender_id for row in rows if row.sender_id is not None}
        known.load_people(look_up, uids=people, ids=senders)
        known.load_places(look_up, names={name for facts in said for name in making.places_named(facts)})
    for deriver in register.derivers():
        look_up.of[deriver.name] = deriver.load(look_up, uids)
    return look_up
