"""What a person decides about requests in quarantine.

Bytes are never changed. A corrected copy stands beside the original, which stays in quarantine as it came.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, cast

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.instruments import problems, store
from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import Arrival, Decided, Raw, Receipt, Refusal, digest
from mlezi.instruments.models import FormVersion, Quarantined, Submission
from mlezi.instruments.queries import few
from mlezi.instruments.unpacking import Body, Slice, read
from mlezi.people.models import Person

LARGEST = 1_000_000_000
Outcome = Quarantined.Outcome


def unpacked(kept: Quarantined, file: BinaryIO) -> Body:
    """What the kept request holds. `file` is its body, open."""
    return read(file, kept.size, Raw(Slice(file, 0, kept.size), dict(kept.headers)))


def opened(kept: Quarantined) -> BinaryIO:
    """The kept body, open for reading from the table or from the store."""
    return cast(BinaryIO, store.open_file(kept.key)) if kept.key else BytesIO(bytes(kept.content))


@transaction.atomic
def take_in(
    *,
    kept: Quarantined,
    version: FormVersion | None = None,
    as_correction: bool = False,
    corrected: bytes | None = None,
    note: str = "",
    by: Person,
    at: datetime,
) -> Receipt:
    """Make a submission of it through the same door. What else waits of the same record comes along.

    `version`: the form version it belongs to, when it names none we know. `as_correction`: it shall
    replace what is here under its id. `corrected`: a mended copy of the record. Raises `AlreadyResolved`,
    or `StillNotReadable` with what stands in the way.
    """
    row = _locked(kept)
    siblings = Quarantined.objects.filter(programme=row.programme, xml_sha256=row.xml_sha256, outcome=Outcome.OPEN)
    rows = [row, *siblings.exclude(pk=row.pk)] if row.xml_sha256 and corrected is None else [row]
    receipt: Receipt | None = None
    for one in rows:
        receipt = _accept(one, version, as_correction and receipt is None, corrected, receipt)
        _close(one, Outcome.TAKEN_IN, note=note, by=by, at=at, submission=receipt.submission)
    assert receipt is not None
    return receipt


def _accept(
    row: Quarantined,
    version: FormVersion | None,
    as_correction: bool,
    corrected: bytes | None,
    before: Receipt | None,
) -> Receipt:
    with closing(opened(row)) as file:
        body = unpacked(row, file)
        xml = corrected if corrected is not None else body.xml
        if xml is None or row.programme is None:
            raise problems.StillNotReadable(why=row.detail or row.reason)
        arrival = Arrival(
            row.programme,
            xml,
            body.files,
            row.sender,
            row.device,
            row.source,
            at=row.received_at,
            sha256=digest(xml),
        )
        try:
            return receiving.accept(arrival=arrival, decided=_decided(row, xml, version, as_correction, before))
        except Refusal as refusal:
            raise problems.StillNotReadable(why=refusal.message) from refusal


def _decided(
    row: Quarantined, xml: bytes, version: FormVersion | None, as_correction: bool, before: Receipt | None
) -> Decided:
    """A record without an id gets one made from its bytes, so that taking it in twice is a repeat."""
    decided = Decided(version=version, max_bytes=LARGEST)
    if before and before.submission:
        return replace(decided, instance_id=before.submission.instance_id, replaces=before.submission.replaces_id)
    if row.reason in ("submission.no_instance_id", "submission.no_form_id") and not row.instance_id:
        return replace(decided, instance_id=f"sha256:{digest(xml)}")
    if not as_correction:
        return decided
    here = Submission.objects.filter(programme=row.programme, form_id=row.form_id)
    rivals = here.filter(instance_id__in=[row.instance_id, row.detail])
    chains = set(rivals.values_list("form_id", "root_id"))
    current = Submission.objects.filter(few.edited(row.programme_id or 0, chains), is_current=True).first()
    if current is None:
        raise problems.NothingToCorrect
    taken = here.filter(instance_id=row.instance_id).exists()
    own_id = f"{row.instance_id[:200]}#{digest(xml)[:16]}" if taken else row.instance_id
    return replace(decided, instance_id=own_id, replaces=current.instance_id)


@transaction.atomic
def set_aside(*, kept: Quarantined, note: str, by: Person, at: datetime) -> Quarantined:
    """Say, with a reason, that it shall be nothing. It stays here all the same. Raises `SayWhy`."""
    if not note.strip():
        raise problems.SayWhy
    return _close(_locked(kept), Outcome.SET_ASIDE, note=note, by=by, at=at)


@transaction.atomic
def reopen(*, kept: Quarantined, by: Person, at: datetime) -> Quarantined:
    """Somebody thought better of it: what was set aside waits for a decision again."""
    row = Quarantined.objects.select_for_update().get(pk=kept.pk)
    if row.outcome == Outcome.SET_ASIDE:
        row.outcome, row.resolved_at, row.resolved_by_name = Outcome.OPEN, None, ""
        row.save(update_fields=["outcome", "resolved_at", "resolved_by_name"])
        audit.record("quarantine.reopened", row, by=by, at=at)
    return row


def _locked(kept: Quarantined) -> Quarantined:
    row = Quarantined.objects.select_for_update().get(pk=kept.pk)
    if row.outcome != Outcome.OPEN:
        raise problems.AlreadyResolved(by=row.resolved_by_name or "Mlezi")
    return row


def _close(
    row: Quarantined, outcome: str, *, note: str, by: Person, at: datetime, submission: Submission | None = None
) -> Quarantined:
    row.outcome, row.note, row.submission = outcome, note, submission
    row.resolved_at, row.resolved_by_name = at, by.name
    row.save(update_fields=["outcome", "note", "submission", "resolved_at", "resolved_by_name"])
    facts = {"submission": str(submission.pk) if submission else "", "note": note}
    audit.record(f"quarantine.{outcome}", row, by=by, at=at, facts=facts)
    return row
