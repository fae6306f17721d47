"""Writes the record. Every action of every room calls `record` inside its own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from mlezi.audit import hearing, waiting
from mlezi.audit.models import Event
from mlezi.plumbing import clock
from mlezi.plumbing.inserting import insert, insert_many, insert_together, row_of


class Actor(Protocol):
    """Whoever does something: a person, or the machine on somebody's behalf."""

    @property
    def uid(self) -> UUID | str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Machine:
    """Mlezi itself, or whoever sits at its command line."""

    uid: str = "machine"
    name: str = "Mlezi"


MACHINE = Machine()
COMMAND_LINE = Machine(uid="command-line", name="Command line")


def record(
    name: str,
    subject: object,
    *,
    by: Actor,
    at: datetime | None = None,
    run_after: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """Write down that something was done; what follows from it is started by the worker.

    `name` is "subject.verb". `subject` is a model instance. `facts` must be plain JSON and hold
    no secret. An event that has reactions waits in the outbox until the worker handled it.
    """
    event = unwritten(name, subject, by=by, at=at, run_after=run_after, facts=facts)
    insert(event)
    hearing.tell(name, subject)
    return event


def record_many(events: Sequence[Event]) -> None:
    """Write down several things at once, made by `unwritten`."""
    insert_many(events)
    hearing.tell_many(events)


def record_new(row: Model, event: Event) -> None:
    """Insert a row and write down that it came, in one go. The event is made by `unwritten`."""
    insert_together(row, event)
    hearing.tell_many([event])


def unwritten(
    name: str,
    subject: object,
    *,
    by: Actor,
    at: datetime | None = None,
    run_after: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """The row that `record` writes, not yet written."""
    moment = at or clock.now()
    waits = waiting.has_reactions(name)
    values = {
        "name": name,
        "subject_kind": type(subject).__name__,
        "subject_id": str(getattr(subject, "pk", "")),
        "at": moment,
        "by_uid": str(by.uid),
        "by_name": by.name,
        "facts": dict(facts or {}),
        "waits": waits,
        "run_after": (run_after or moment) if waits else None,
    }
    return row_of(Event, values)


@transaction.atomic
def set_aside(*, event_ids: Sequence[int], note: str, by: Actor, at: datetime) -> int:
    """Say that work that was given up need not be done; what failed and why stays in the record."""
    given_up = Event.objects.select_for_update().filter(pk__in=event_ids, waits=False, handled_at__isnull=True)
    ids = list(given_up.exclude(failure="").values_list("pk", flat=True))
    Event.objects.filter(pk__in=ids).update(handled_at=at)
    for event in Event.objects.filter(pk__in=ids):
        record("event.set_aside", event, by=by, at=at, facts={"note": note[:500]})
    return len(ids)


@transaction.atomic
def try_again(*, event_ids: Sequence[int], by: Actor, at: datetime) -> int:
    """Put events that were given up back into the queue, with fresh attempts."""
    given_up = Event.objects.select_for_update().filter(pk__in=event_ids, waits=False, handled_at__isnull=True)
    ids = list(given_up.exclude(failure="").values_list("pk", flat=True))
    Event.objects.filter(pk__in=ids).update(waits=True, run_after=at, attempts=0)
    for event in Event.objects.filter(pk__in=ids):
        record("event.tried_again", event, by=by, at=at)
    return len(ids)
