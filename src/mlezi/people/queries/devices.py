"""Phones and their tokens."""

from __future__ import annotations

import hashlib
from datetime import datetime

from mlezi.audit.queries import about
from mlezi.people.models import Device


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def code_given_at(device: Device) -> datetime | None:
    """When the phone's present token was made."""
    given = about("Device", [device.pk]).filter(name__in=("device.enrolled", "device.renewed"))
    return given.order_by("-at").values_list("at", flat=True).first()
