"""Phones, found by their token."""

from __future__ import annotations

import hashlib

from mlezi.people.models import Device


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def by_token(token: str) -> Device | None:
    """The phone that holds this token, revoked ones included."""
    return Device.objects.select_related("person").filter(token_hash=token_hash(token)).first()
