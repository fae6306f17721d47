"""One portion of a rebuild: read and derived without a lock, written under it if nothing moved meanwhile.

Runs in worker processes, each with its own connection; what it looks up was loaded before they were
started and is shared with them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from mlezi.instruments.derivation import identity, making, newcomers, reading, register, runner, writing
from mlezi.instruments.derivation.known import Known
from mlezi.instruments.derivation.reading import Loaded, Readers
from mlezi.instruments.derivation.runner import VERSION, Done
from mlezi.instruments.models import Submission
from mlezi.plumbing import bulk
from mlezi.plumbing.bulk import chunks
from mlezi.programmes.models import Programme


@dataclass
class Ground:
    """What every portion stands on. `writing` keeps processes from waiting for the database's own lock."""

    programme: Programme
    known: Known
    readers: Readers
    quick: Readers  # for what identifies an encounter only
    of_meetings: Collection[str]
    at: datetime
    writing: AbstractContextManager[Any] = field(default_factory=nullcontext)


class Asked(NamedTuple):
    """What a portion is to derive: encounters, or records about none."""

    uids: Sequence[UUID] = ()
    alone: Sequence[UUID] = ()


def survey(programme: Programme, *, at: datetime) -> Ground:
    """Load what a whole rebuild looks up."""
    return Ground(
        programme,
        runner.prepare_everything(programme),
        reading.readers_of(programme),
        reading.readers_of(programme, only=identity.IDENTIFYING),
        register.forms_of_meetings(programme),
        at,
    )


def identify(ground: Ground, ids: Sequence[UUID]) -> Done:
    """Note which encounter these records are about, where that is not noted yet."""
    rows = [row for some in chunks(ids) for row in reading.stored(programme=ground.programme, pk__in=some)]
    readings = reading.Readings(ground.quick)
    moved = _moved(ground, rows, readings)
    with ground.writing, transaction.atomic():
        _move(moved)
    return Done()


def derive(ground: Ground, *, uids: Sequence[UUID] = (), alone: Sequence[UUID] = ()) -> Done:
    """Derive these units; what turns out to be about another encounter goes the common way."""
    done = Done()
    loaded = reading.load(ground.programme, uids=uids, alone=alone, readers=ground.readers)
    moved = _moved(ground, loaded.rows, loaded.readings)
    made = [making.make(unit, ground.known) for unit, _ in loaded.units]
    if moved or newcomers.unknown(made, ground.known) or not _write(ground, loaded, made, Asked(uids, alone), done):
        with ground.writing:
            runner.derive({row.id for row in loaded.rows}, at=ground.at)
        done.n_units += len(loaded.units)
    return done


def _write(ground: Ground, loaded: Loaded, made: list[making.Made], asked: Asked, done: Done) -> bool:
    """False when a record came, went or was replaced since it was read."""
    with ground.writing, transaction.atomic():
        runner.lock(ground.programme)
        now = reading.marks(ground.programme, uids=asked.uids, alone=asked.alone)
        read = {row.mark for row in loaded.rows}
        if not now <= read or (asked.uids and now != read):
            return False
        empty = set(asked.uids) - {unit.uid for unit, _ in loaded.units}
        changes = writing.write(made, loaded, gone=empty, at=ground.at, version=VERSION)
        done.add(made, changes)
    return True


def _moved(ground: Ground, rows: Sequence[reading.Stored], readings: reading.Readings) -> dict[UUID | None, list[UUID]]:
    """Records whose encounter is not the one noted, by the one it is."""
    moved: dict[UUID | None, list[UUID]] = {}
    for row in rows:
        now = runner.encounter_of(ground.programme, row, readings, ground.of_meetings)
        if now != row.encounter_uid:
            moved.setdefault(now, []).append(row.id)
    return moved


def _move(moved: dict[UUID | None, list[UUID]]) -> None:
    rows = [(uid, pk) for uid, ids in moved.items() for pk in ids]
    bulk.update(Submission, ["encounter_uid"], rows)
