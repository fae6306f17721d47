"""Phones: found by their token, and listed for those who look after them."""

from __future__ import annotations

import hashlib

from django.db.models import Count, Max, QuerySet

from mlezi.people.models import Device
from mlezi.places.scope import Scope


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def by_token(token: str) -> Device | None:
    """The phone that holds this token, revoked ones included."""
    return Device.objects.select_related("person").filter(token_hash=token_hash(token)).first()


def enrolled(programme_code: str, scope: Scope) -> QuerySet[Device]:
    """The phones of one programme, for somebody whose scope reaches that programme's people."""
    phones = Device.objects.filter(programme_code=programme_code)
    if not scope.ranges:
        phones = phones.filter(person__in=scope.persons)
    return (
        phones.select_related("person")
        .annotate(n_sent=Count("submissions"), last_sent_at=Max("submissions__received_at"))
        .order_by("revoked_at", "person__name", "enrolled_at")
    )
