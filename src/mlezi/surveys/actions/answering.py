"""Takes in what somebody answers through their link, without letting an anonymous answer be known to be theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from mlezi.formats import envelope
from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import Incoming, Outcome, Raw, Receipt
from mlezi.instruments.models import Submission
from mlezi.surveys import declared, problems
from mlezi.surveys.declared import Instrument
from mlezi.surveys.models import Invitation
from mlezi.surveys.queries import answering

KEPT = frozenset({Outcome.CREATED, Outcome.EDITED, Outcome.ADDED, Outcome.REPEATED, Outcome.PARKED})


def receive(
    *, invitation: Invitation, xml: bytes, files: Sequence[Incoming], raw: Raw | None, source: str, at: datetime
) -> Receipt:
    """Keep the record as the invited person's; as nobody's where the instrument is anonymous or self-coded.

    The same record sent again is answered as before. A second one of an identified instrument is kept and shown as
    a conflict. Of an anonymous one it is turned away and stays with whoever sent it: with no name it could not be
    told from somebody else's. Raises `NoLongerOpen`, `AnsweredAlready`, `NotThisForm`, `SaysAnother`.
    """
    instance_id = _check(invitation, xml)
    is_identified = _instrument(invitation).is_identified
    is_mine = _claim(invitation)
    if not is_mine and not is_identified and not _is_here(invitation, instance_id):
        raise problems.AnsweredAlready
    kept = False
    try:
        receipt = receiving.receive(
            programme=invitation.programme,
            xml=xml,
            files=files,
            sender=invitation.person if is_identified else None,
            source=source,
            at=at,
            raw=raw,
        )
        kept = receipt.outcome in KEPT
    finally:
        if is_mine and not kept:
            Invitation.objects.filter(pk=invitation.pk).update(is_used=False)
    return receipt


def _check(invitation: Invitation, xml: bytes) -> str:
    """The record's own id; "" when it cannot be read, which the door finds out by itself."""
    if invitation.revoked_on is not None:
        raise problems.NoLongerOpen
    try:
        outside = envelope.read(
            xml, binary=lambda *_: (), max_bytes=settings.MAX_XML_BYTES, max_depth=settings.MAX_XML_DEPTH
        )
    except envelope.Unreadable:
        return ""
    if outside.form_id != invitation.instrument:
        raise problems.NotThisForm(form=outside.form_id)
    respondent = str(invitation.person.uid) if _instrument(invitation).is_identified else ""
    for version in answering.versions_called(invitation, outside.version):
        if answering.contradicts(version, xml, wave=invitation.wave, respondent=respondent):
            raise problems.SaysAnother
    return outside.instance_id


def _instrument(invitation: Invitation) -> Instrument:
    known = declared.instruments(invitation.programme)
    return known.get(invitation.instrument) or Instrument(invitation.instrument)


def _claim(invitation: Invitation) -> bool:
    """Use the link up; False when it was used before. The database decides who was first."""
    return bool(Invitation.objects.filter(pk=invitation.pk, is_used=False).update(is_used=True))


def _is_here(invitation: Invitation, instance_id: str) -> bool:
    there = Submission.objects.filter(programme=invitation.programme, form_id=invitation.instrument)
    return there.filter(instance_id=instance_id).exists()
