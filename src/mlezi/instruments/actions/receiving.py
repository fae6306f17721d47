"""Take in what phones, browsers and files send. The bytes are kept before anybody asks what they mean.

Nothing that arrives is refused into oblivion: what cannot be a submission goes to quarantine, where a
person sees it. The database's own constraints decide races, never a look before the leap.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from mlezi.audit import actions as audit
from mlezi.audit.models import Event
from mlezi.formats import envelope
from mlezi.formats.envelope import Envelope
from mlezi.instruments import anonymity, refusals, store
from mlezi.instruments.actions import attaching, keeping
from mlezi.instruments.arrivals import AS_IT_SAYS, Arrival, Decided, Incoming, Outcome, Raw, Receipt, Refusal, digest
from mlezi.instruments.models import Quarantined, Submission
from mlezi.instruments.queries.reach import within
from mlezi.instruments.queries.submissions import missing_files
from mlezi.instruments.queries.versions import Known, known_version
from mlezi.people.models import Device, Person
from mlezi.plumbing.inserting import row_of
from mlezi.plumbing.ordered import ordered_id
from mlezi.plumbing.together import Together
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of

TOGETHER = Together()


def receive(
    *,
    programme: Programme,
    xml: bytes,
    files: Sequence[Incoming] = (),
    sender: Person | None,
    device: Device | None = None,
    source: str = Submission.Source.COLLECT,
    at: datetime,
    raw: Raw | None = None,
) -> Receipt:
    """Keep a record and its files; what follows (deriving) is started by the event it leaves.

    `raw` is the request as it came, for quarantine. When this returns, and it was called outside a
    transaction, all of it is durable. Raises OSError or `DatabaseError` when it cannot be stored.
    """
    arrival = Arrival(programme, xml, files, sender, device, source, at=at, raw=raw, sha256=digest(xml))
    try:
        return accept(arrival=arrival)
    except Refusal as refusal:
        return refuse(arrival=arrival, refusal=refusal)


def accept(*, arrival: Arrival, decided: Decided = AS_IT_SAYS) -> Receipt:
    """Keep it as a submission. Raises `Refusal` when it cannot be one.

    `decided` is a person's word on what the record itself does not say, or says wrongly.
    """
    outside, version = read(arrival, decided)
    if outside.deprecated_id and decided is AS_IT_SAYS:
        _must_be_theirs(arrival, outside)
    arrival = anonymity.unnamed(arrival, outside.form_id)
    stored = attaching.put(arrival.programme, arrival.files)
    return _settle(arrival, outside, version, stored)


def refuse(*, arrival: Arrival, refusal: Refusal) -> Receipt:
    """Keep it in quarantine and say so."""
    arrival = anonymity.unnamed(arrival, refusal.form_id)
    row = keeping.keep(arrival=arrival, refusal=refusal)
    return Receipt(refusal.outcome, None, refusal.message, refusal.reason, row)


def read(arrival: Arrival, decided: Decided = AS_IT_SAYS) -> tuple[Envelope, Known | None]:
    """The outside of the record, and the published version it belongs to; None when only that is unknown."""
    chosen, known = decided.version, list[Known]()

    def binary(form_id: str, version: str) -> Collection[str]:
        found = known_version(arrival.programme, form_id, version, chosen=chosen)
        known.extend([found] if found else [])
        return found.binary if found else ()

    try:
        outside = envelope.read(
            arrival.xml,
            binary=binary,
            max_bytes=decided.max_bytes or settings.MAX_XML_BYTES,
            max_depth=settings.MAX_XML_DEPTH,
            form_id=chosen.form.form_id if chosen else "",
            instance_id=decided.instance_id,
        )
    except envelope.Unreadable as error:
        raise refusals.unreadable(error) from error
    version = known[0] if known else None
    if version is None and not arrival.programme.forms.filter(form_id=outside.form_id).exists():
        raise refusals.unknown_form(outside.form_id, outside.instance_id)
    return outside if decided is AS_IT_SAYS else _as_decided(outside, version, decided), version


def _as_decided(outside: Envelope, version: Known | None, decided: Decided) -> Envelope:
    return replace(
        outside,
        form_id=version.form_id if version else outside.form_id,
        instance_id=decided.instance_id or outside.instance_id,
        deprecated_id=decided.replaces or outside.deprecated_id,
    )


def _settle(arrival: Arrival, outside: Envelope, version: Known | None, stored: dict[str, store.Stored]) -> Receipt:
    """Insert, and let the constraint say whether somebody was here before."""

    def work() -> tuple[Submission, list[str]]:
        replaced = _lock_replaced(arrival, outside) if outside.deprecated_id else None
        submission = build(arrival, outside, version, replaced)
        audit.record_new(submission, happened(arrival, submission))
        added, _clashing = attaching.attach(submission=submission, stored=stored, at=arrival.at, forward_from=replaced)
        if replaced is not None:
            _taken_in(arrival, submission)
        return submission, added

    try:
        submission, added = TOGETHER.run(work, is_whole=not (stored or outside.deprecated_id))
    except (IntegrityError, _NotCurrent) as error:
        return _compare(arrival, outside, stored, error)
    return receipt(submission, added)


def receipt(submission: Submission, files: Collection[str] = ()) -> Receipt:
    """What is said about a record that is new here, and has these files."""
    missing = [name for name in submission.expected_files if name not in files]
    if submission.form_version_id is None:
        message = _("Received. This server does not know version “{version}” of the form yet; the office will look.")
        message = message.format(version=submission.version)
        return Receipt(Outcome.PARKED, submission, message, "submission.parked", missing=missing)
    outcome = Outcome.EDITED if submission.replaces_id else Outcome.CREATED
    return Receipt(outcome, submission, _("Received. Thank you."), missing=missing)


def build(arrival: Arrival, outside: Envelope, version: Known | None, replaced: Submission | None) -> Submission:
    """The row for a record, not yet saved. The arrival says who sent it only when that may be known; else its
    identity does not say either when it came."""
    named = arrival.sender or arrival.device
    values = {
        "id": ordered_id() if named else uuid4(),
        "programme_id": arrival.programme.pk,
        "form_id": outside.form_id,
        "version": outside.version,
        "form_version_id": version.pk if version else None,
        "instance_id": outside.instance_id,
        "root_id": replaced.root_id if replaced else outside.instance_id,
        "replaces_id": replaced.instance_id if replaced else "",
        "xml": arrival.xml,
        "sha256": arrival.sha256,
        "size": len(arrival.xml),
        "expected_files": list(outside.files),
        "received_at": arrival.at,
        "device_time_at": envelope.moment(outside.ended),
        "device_id": arrival.device.pk if arrival.device else None,
        "sender_id": arrival.sender.pk if arrival.sender else None,
        "source": arrival.source,
        "state": Submission.State.RECEIVED if version else Submission.State.PARKED,
        "trouble": "" if version else "submission.unknown_version",
    }
    return row_of(Submission, values)


class _NotCurrent(Exception):
    """The record this one replaces was replaced before."""


def _must_be_theirs(arrival: Arrival, outside: Envelope) -> None:
    """Only whoever sent a record corrects it, or somebody whose role allows it there; else a person decides."""
    sent = Submission.objects.filter(
        programme=arrival.programme, form_id=outside.form_id, instance_id=outside.deprecated_id
    )
    owner = sent.values_list("sender_id", flat=True).first()
    if owner is None or arrival.sender is None or owner == arrival.sender.pk:
        return
    office = scope_of(arrival.sender, Permission.CORRECT_ENCOUNTERS, programme=arrival.programme)
    if not office.ranges or not sent.filter(within(arrival.programme, office)).exists():
        raise refusals.not_theirs(outside.form_id, outside.instance_id, outside.deprecated_id)


def _lock_replaced(arrival: Arrival, outside: Envelope) -> Submission:
    """The record an edit replaces, locked and no longer current."""
    replaced = (
        Submission.objects.select_for_update()
        .defer("xml")
        .filter(programme=arrival.programme, form_id=outside.form_id, instance_id=outside.deprecated_id)
        .first()
    )
    if replaced is None:
        raise refusals.unknown_original(outside.form_id, outside.instance_id, outside.deprecated_id)
    if not replaced.is_current:
        raise _NotCurrent
    replaced.is_current = False
    replaced.save(update_fields=["is_current"])
    return replaced


def happened(arrival: Arrival, submission: Submission) -> Event:
    """The event that deriving follows."""
    name = "submission.received" if submission.form_version_id else "submission.parked"
    return audit.unwritten(name, submission, by=arrival.sender or audit.MACHINE, at=arrival.at)


def _taken_in(arrival: Arrival, submission: Submission) -> None:
    """An edit that had come too early leaves quarantine."""
    Quarantined.objects.filter(
        instance_id=submission.instance_id,
        outcome=Quarantined.Outcome.OPEN,
        programme=arrival.programme,
        xml_sha256=arrival.sha256,
        reason="submission.unknown_original",
    ).update(outcome=Quarantined.Outcome.TAKEN_IN, resolved_at=arrival.at, submission=submission)


def _compare(arrival: Arrival, outside: Envelope, stored: dict[str, store.Stored], error: Exception) -> Receipt:
    """Somebody was here before: the same record again, one more file of it, or something that clashes."""

    def work() -> tuple[Submission, list[str], list[str]]:
        known = _known(arrival, outside, error)
        added, clashing = attaching.attach(submission=known, stored=stored, at=arrival.at)
        if added:
            audit.record("submission.completed", known, by=arrival.sender or audit.MACHINE, facts={"files": len(added)})
        return known, added, clashing

    known, added, clashing = TOGETHER.run(work)
    if clashing:
        raise refusals.different_file(outside.form_id, outside.instance_id, clashing)
    missing = missing_files(known)
    if added:
        return Receipt(Outcome.ADDED, known, _("Received. Thank you."), missing=missing)
    return Receipt(Outcome.REPEATED, known, _("This record is here already. Nothing was lost."), missing=missing)


def _known(arrival: Arrival, outside: Envelope, error: Exception) -> Submission:
    """The same record as it is here, locked. Raises `Refusal` when what is here is not the same."""
    known = (
        Submission.objects.select_for_update()
        .defer("xml")
        .filter(programme=arrival.programme, form_id=outside.form_id, instance_id=outside.instance_id)
        .first()
    )
    if known is None and not outside.deprecated_id:
        raise error  # some other rule of the database: not ours to explain away
    if known is None:
        raise refusals.stale_edit(outside.form_id, outside.instance_id, outside.deprecated_id)
    if known.sha256 != arrival.sha256:
        raise refusals.different_bytes(outside.form_id, outside.instance_id)
    return known
