"""Take in many records at once, as from a file or a demo: the same door, one commit.

What is new and replaces nothing is inserted together. Whatever is not so simple (an edit, a repeat, a
record that cannot be read) goes through the door by itself, in its turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction

from mlezi.audit import actions as audit
from mlezi.instruments import anonymity
from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import Arrival, Receipt, Refusal, digest
from mlezi.instruments.models import Submission
from mlezi.plumbing.inserting import insert_many


@transaction.atomic
def receive_many(*, arrivals: Sequence[Arrival]) -> list[Receipt]:
    """Keep the records in their order; all are durable when this returns outside a transaction."""
    receipts: list[Receipt] = []
    simple: list[tuple[Arrival, Submission]] = []
    seen: set[tuple[int, str, str]] = set()
    for given in arrivals:
        arrival = replace(given, sha256=given.sha256 or digest(given.xml))
        new = _simple(arrival)
        key = (arrival.programme.pk, new[1].form_id, new[1].instance_id) if new else None
        if new and key not in seen:
            seen.add(key)  # type: ignore[arg-type]
            simple.append(new)
            continue
        receipts += _insert(simple)
        simple, seen = [], set()
        receipts.append(_alone(arrival))
    return receipts + _insert(simple)


def _simple(arrival: Arrival) -> tuple[Arrival, Submission] | None:
    """A record that needs nothing but to be inserted, as it may be known, and its row."""
    if arrival.files:
        return None
    try:
        outside, version = receiving.read(arrival)
    except Refusal:
        return None
    if outside.deprecated_id or version is None:
        return None
    known = anonymity.unnamed(arrival, outside.form_id)
    return known, receiving.build(known, outside, version, None)


def _insert(simple: list[tuple[Arrival, Submission]]) -> list[Receipt]:
    try:
        with transaction.atomic():
            insert_many([row for _, row in simple])
            audit.record_many([receiving.happened(arrival, row) for arrival, row in simple])
    except IntegrityError:  # one of them is here already
        return [_alone(arrival) for arrival, _ in simple]
    return [receiving.receipt(row) for _, row in simple]


def _alone(arrival: Arrival) -> Receipt:
    try:
        return receiving.accept(arrival=arrival)
    except Refusal as refusal:
        return receiving.refuse(arrival=arrival, refusal=refusal)
