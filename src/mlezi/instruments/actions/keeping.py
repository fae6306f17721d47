"""Keep whole what cannot stand as a submission, so that a person can look at it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from mlezi.audit import actions as audit
from mlezi.instruments import store
from mlezi.instruments.arrivals import Arrival, Raw, Refusal, fingerprint
from mlezi.instruments.models import Quarantined
from mlezi.plumbing.text import storable, storable_values

IN_THE_TABLE = 1_000_000  # bytes; a larger body lies in the store
SECRET = {"authorization", "cookie", "proxy-authorization"}


def keep(*, arrival: Arrival, refusal: Refusal) -> Quarantined:
    """Put the request into quarantine, whole and durable. The same content again is counted, not kept twice.

    The constraint on (programme, content, reason) decides when two phones or workers bring it at once.
    """
    mark = fingerprint(arrival)
    same = Quarantined.objects.filter(programme=arrival.programme, sha256=mark, reason=refusal.reason)
    if not same.update(n_times=F("n_times") + 1):
        try:
            return _put(arrival, refusal, mark)
        except IntegrityError:
            same.update(n_times=F("n_times") + 1)
    return same.get()


def _put(arrival: Arrival, refusal: Refusal, mark: str) -> Quarantined:
    raw = arrival.whole()
    content, key, size = _body(raw, arrival)
    headers = {name: value for name, value in raw.headers.items() if name.lower() not in SECRET}
    with transaction.atomic():
        row = Quarantined.objects.create(
            programme=arrival.programme,
            reason=refusal.reason,
            detail=storable(refusal.detail),
            content=content,
            key=key,
            size=size,
            headers=storable_values(headers),
            form_id=storable(refusal.form_id)[:255],
            instance_id=storable(refusal.instance_id)[:255],
            sha256=mark,
            xml_sha256=arrival.sha256,
            received_at=arrival.at,
            device=arrival.device,
            sender=arrival.sender,
            source=arrival.source,
        )
        audit.record("quarantine.kept", row, by=arrival.sender or audit.MACHINE, at=arrival.at)
    return row


def _body(raw: Raw, arrival: Arrival) -> tuple[bytes, str, int]:
    """Small bodies go into the table, large ones into the store."""
    pieces, size = [], 0
    for piece in raw.body.chunks():
        size += len(piece)
        if size > IN_THE_TABLE:
            stored = store.put(raw.body, under=f"quarantine/{arrival.programme.code}")
            return b"", stored.key, stored.size
        pieces.append(piece)
    return b"".join(pieces), "", size
