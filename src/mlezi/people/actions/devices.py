"""Phones that may send and fetch for one person. The token is shown once; only its hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.people.models import Device, Person
from mlezi.people.queries.devices import token_hash

SEEN_EVERY = timedelta(minutes=1)  # noting every request would cost a write each


@transaction.atomic
def enrol(*, person: Person, programme_code: str, name: str, by: audit.Actor, at: datetime) -> tuple[Device, str]:
    """Let a phone send and fetch for `person`. The second value is the token, told this once."""
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        person=person, programme_code=programme_code, name=name, token_hash=token_hash(token), enrolled_at=at
    )
    audit.record("device.enrolled", device, by=by, at=at, facts={"person": str(person.uid), "name": name})
    return device, token


@transaction.atomic
def renew(*, device: Device, by: audit.Actor, at: datetime) -> str:
    """A new token for the same phone, told this once; the old one stops working."""
    token = secrets.token_urlsafe(32)
    locked = Device.objects.select_for_update().get(pk=device.pk)
    locked.token_hash = token_hash(token)
    locked.revoked_at = None
    locked.save(update_fields=["token_hash", "revoked_at"])
    audit.record("device.renewed", locked, by=by, at=at)
    return token


@transaction.atomic
def revoke(*, device: Device, by: audit.Actor, at: datetime) -> Device:
    """From now on the phone is turned away. What it sent stays; what it holds stays on it."""
    locked = Device.objects.select_for_update().get(pk=device.pk)
    if locked.revoked_at is None:
        locked.revoked_at = at
        locked.save(update_fields=["revoked_at"])
        audit.record("device.revoked", locked, by=by, at=at)
    return locked


@transaction.atomic
def note_recovered(*, device: Device, by: audit.Actor, at: datetime) -> None:
    """Its owner forgot the PIN, and the office opened the phone's records for them."""
    locked = Device.objects.select_for_update().get(pk=device.pk)
    audit.record("device.recovered", locked, by=by, at=at)


def note_contact(
    *, device: Device, at: datetime, calls_itself: str = "", clock_at: datetime | None = None, unsent: int | None = None
) -> None:
    """Remember that the phone was heard: when, what its clock said, how many records it still holds.

    Not an event of the record: nobody did anything. Cheap enough for every request.
    """
    changes: dict[str, object] = {}
    if device.last_seen_at is None or abs(at - device.last_seen_at) >= SEEN_EVERY:
        changes["last_seen_at"] = at
        if clock_at is not None:
            changes["clock_skew_seconds"] = round((clock_at - at).total_seconds())
    if unsent is not None and unsent != device.unsent:
        changes["unsent"] = unsent
    if calls_itself and calls_itself != device.device_id:
        changes["device_id"] = calls_itself[:200]
    if changes:
        Device.objects.filter(pk=device.pk).update(**changes)
