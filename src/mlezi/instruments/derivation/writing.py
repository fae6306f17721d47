"""Writes what was derived, in bulk; a unit the database refuses is found, parked and told of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from mlezi.instruments.derivation import register
from mlezi.instruments.derivation.making import AWAITED, Made, sentence
from mlezi.instruments.derivation.reading import Loaded, Readings, Stored
from mlezi.instruments.models import Submission
from mlezi.plumbing.bulk import Difference, Row, Table, update

Batch = Sequence[tuple[Made, list[Stored]]]
State = Submission.State


def write(
    made: Sequence[Made], loaded: Loaded, *, gone: Iterable[UUID], at: datetime, version: int
) -> dict[Table, Difference]:
    """Make the derived tables what these units say, and note on each submission how it went.

    `gone` are encounters that no record is about any more. Runs in the caller's transaction.
    """
    batch = [(one, members) for one, (_, members) in zip(made, loaded.units, strict=True)]
    changes: dict[Table, Difference] = {}
    _write_rows(batch, list(gone), changes)
    _note_states(batch, loaded.readings, at, version)
    return changes


def _write_rows(batch: Batch, gone: list[UUID], changes: dict[Table, Difference]) -> None:
    try:
        with transaction.atomic():
            fresh = _replace(batch, gone)
    except (DataError, IntegrityError, OverflowError, ValueError) as error:
        if len(batch) <= 1:
            _park(batch, error)
            if batch and batch[0][0].rows:
                batch[0][0].rows.clear()
                _write_rows(batch, gone, changes)
            return
        middle = len(batch) // 2
        _write_rows(batch[:middle], gone, changes)
        _write_rows(batch[middle:], [], changes)
        return
    for table, change in fresh.items():
        before = changes.setdefault(table, Difference([], []))
        before.gone.extend(change.gone)
        before.come.extend(change.come)


def _replace(batch: Batch, gone: list[UUID]) -> dict[Table, Difference]:
    uids = [made.uid for made, _ in batch if made.uid] + gone
    submissions = [row.id for _, members in batch for row in members]
    changes: dict[Table, Difference] = {}
    for table in (*register.tables(), AWAITED):
        owners = submissions if table.by_submission else uids
        rows: list[Row] = [row for made, _ in batch for row in made.rows.get(table, ())]
        change = table.replace(owners, rows)
        if change:
            changes[table] = change
    return changes


def _park(batch: Batch, error: Exception) -> None:
    for made, members in batch:
        for row in members:
            if row.speaks:
                made.troubles.setdefault(row.id, sentence(error))


def _note_states(batch: Batch, readings: Readings, at: datetime, version: int) -> None:
    """Derived, or parked with the reason; untouched when it is as before."""
    noted: list[Row] = []
    for made, members in batch:
        for row in members:
            if row.state == State.SET_ASIDE or (row.is_current and row.form_version_id is None):
                continue
            trouble = readings.troubles.get(row.id) or made.troubles.get(row.id, "")
            state = State.PARKED if trouble else State.DERIVED
            flags = made.flags.get(row.id, [])
            if (row.state, row.trouble, row.flags, row.derived_with) != (state, trouble, flags, version):
                noted.append((state.value, trouble, flags, at, version, row.id))
    update(Submission, ["state", "trouble", "flags", "derived_at", "derived_with"], noted)
