"""What a person decides about records that are kept, and wait: read as a version, tried again, set aside."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.formats import envelope
from mlezi.instruments import problems
from mlezi.instruments.models import FormVersion, Submission
from mlezi.instruments.queries.versions import known_version
from mlezi.people.models import Person

State = Submission.State


@transaction.atomic
def adopt(*, version: FormVersion, by: audit.Actor, at: datetime) -> int:
    """Records that were waiting for this version belong to it from now on. How many there were."""
    waiting = Submission.objects.select_for_update().filter(
        programme=version.form.programme,
        form_id=version.form.form_id,
        version=version.version,
        form_version=None,
        state=State.PARKED,
    )
    rows = list(waiting)
    for row in rows:
        _belong(row, version)
        audit.record("submission.received", row, by=by, at=at)
    return len(rows)


@transaction.atomic
def read_as(*, submission: Submission, version: FormVersion, by: Person, at: datetime) -> Submission:
    """Read a parked record as one of that version of its form. Raises `OtherForm`."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if version.form.form_id != row.form_id or version.form.programme_id != row.programme_id:
        raise problems.OtherForm(form=row.form_id)
    _belong(row, version)
    audit.record("submission.read_as", row, by=by, at=at, facts={"version": version.version})
    audit.record("submission.received", row, by=by, at=at)
    return row


def _belong(row: Submission, version: FormVersion) -> None:
    known = known_version(row.programme, row.form_id, version.version, chosen=version)
    row.form_version = version
    row.expected_files = list(envelope.binary_of(known.binary, bytes(row.xml))) if known and known.binary else []
    row.state, row.trouble = State.RECEIVED, ""
    row.save(update_fields=["form_version", "expected_files", "state", "trouble"])
    row.attachments.update(is_expected=False)
    row.attachments.filter(name__in=row.expected_files).update(is_expected=True)


@transaction.atomic
def try_again(*, submission: Submission, by: audit.Actor, at: datetime) -> Submission:
    """Derive a parked record once more, as after a form or a list was mended."""
    row = Submission.objects.select_for_update().defer("xml").get(pk=submission.pk)
    if row.form_version_id and row.state in (State.PARKED, State.SET_ASIDE):
        row.state, row.trouble = State.RECEIVED, ""
        row.save(update_fields=["state", "trouble"])
        audit.record("submission.received", row, by=by, at=at, facts={"again": True})
    return row


@transaction.atomic
def ignore(*, submission: Submission, note: str, by: audit.Actor, at: datetime) -> Submission:
    """Say, with a reason, that a kept record shall mean nothing. Its bytes stay. Raises `SayWhy`."""
    if not note.strip():
        raise problems.SayWhy
    row = Submission.objects.select_for_update().defer("xml").get(pk=submission.pk)
    row.state, row.trouble = State.SET_ASIDE, note
    row.save(update_fields=["state", "trouble"])
    audit.record("submission.set_aside", row, by=by, at=at, facts={"note": note})
    if row.form_version_id:
        audit.record("submission.received", row, by=by, at=at, facts={"again": True})
    return row
