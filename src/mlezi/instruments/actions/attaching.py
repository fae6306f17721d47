"""Keep the files of a record, and carry them forward when a record is corrected."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime

from mlezi.formats import envelope
from mlezi.instruments import store
from mlezi.instruments.arrivals import Incoming
from mlezi.instruments.models import Attachment, Submission
from mlezi.programmes.models import Programme


def put(programme: Programme, files: Sequence[Incoming]) -> dict[str, store.Stored]:
    """Store every file, durably, before the database hears of it. Name → where it lies."""
    folder = f"attachments/{programme.code}"
    stored: dict[str, store.Stored] = {}
    for file in files:
        name, kept = envelope.fitted(file.name), store.put(file.content, under=folder)
        if name in stored and stored[name].sha256 != kept.sha256:  # one request, one name, two files: keep both
            stem, ending = os.path.splitext(name)
            name = f"{stem[:200]}~{kept.sha256[:12]}{ending[:30]}"
        stored[name] = kept
    return stored


def attach(
    *,
    submission: Submission,
    stored: Mapping[str, store.Stored],
    at: datetime,
    forward_from: Submission | None = None,
) -> tuple[list[str], list[str]]:
    """Tie stored files to a record, in the caller's transaction. Names added, and names that clash.

    A file that was carried forward gives way when the phone sends one of its own under that name; a
    file the phone itself sent before never does. `forward_from` is the record this one replaces.
    """
    if forward_from is None and not stored:
        return [], []
    here = {row.name: row for row in submission.attachments.all()}
    added: list[Attachment] = []
    clashing: list[str] = []
    for name, file in stored.items():
        row = here.get(name)
        if row is None:
            added.append(_row(submission, name, file, at))
        elif row.sha256 != file.sha256:
            if _was_carried(submission, row):
                row.key, row.sha256, row.size, row.received_at = file.key, file.sha256, file.size, at
                row.save(update_fields=["key", "sha256", "size", "received_at"])
            else:
                clashing.append(name)
    if forward_from is not None:
        wanted = set(submission.expected_files) - set(stored) - set(here)
        for old in forward_from.attachments.filter(name__in=wanted):
            added.append(_row(submission, old.name, store.Stored(old.key, old.sha256, old.size), old.received_at))
    Attachment.objects.bulk_create(added)
    return [row.name for row in added], clashing


def _row(submission: Submission, name: str, file: store.Stored, at: datetime) -> Attachment:
    return Attachment(
        submission=submission,
        name=name,
        key=file.key,
        sha256=file.sha256,
        size=file.size,
        received_at=at,
        is_expected=submission.form_version_id is None or name in submission.expected_files,
    )


def _was_carried(submission: Submission, row: Attachment) -> bool:
    return (
        bool(submission.replaces_id)
        and Attachment.objects.filter(
            submission__programme=submission.programme_id,
            submission__form_id=submission.form_id,
            submission__instance_id=submission.replaces_id,
            name=row.name,
            key=row.key,
        ).exists()
    )
