"""Handles what waits in the outbox. Any number may run at once; one that dies is made good by the next.

An event is claimed under a lease, so that a killed worker's event is found and run again when the lease
has passed: every reaction must be safe to run twice, and one that takes long says `hold` now and then.
Events of one name are handed over together. When a batch fails its events are tried one by one, so that
a bad one holds up no other.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.db.models import F, Q

from mlezi.audit import waiting
from mlezi.audit.models import Event
from mlezi.plumbing import clock

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
BATCH = 200
MOST_ATTEMPTS = 8
SUSPECT = 3  # from this many attempts on, an event is handled alone
FIRST_WAIT = timedelta(seconds=10)  # doubles with each attempt: 10 s, 20 s, 40 s … about 20 minutes in all


@dataclass(frozen=True)
class Outcome:
    """What one round did."""

    handled: int = 0
    failed: int = 0

    def __bool__(self) -> bool:
        return bool(self.handled or self.failed)


def run_once(*, at: datetime | None = None, batch: int | None = None) -> Outcome:
    """Claim the oldest waiting events of one name and handle them. False when nothing was due."""
    moment = at or clock.now()
    events = _claim(moment, batch or BATCH)
    if not events:
        return Outcome()
    failed = _handle(events, moment)
    return Outcome(handled=len(events) - failed, failed=failed)


def run_forever(stop: threading.Event, *, pause: float = 1.0) -> None:
    """Work until `stop` is set; sleep `pause` seconds when nothing is due. Never raises."""
    while not stop.is_set():
        try:
            busy = bool(run_once())
        except Exception:
            log.exception("The worker could not reach its queue; it tries again.")
            busy = False
        if not busy:
            close_old_connections()
            stop.wait(pause)


def drain(*, at: datetime | None = None, limit: float = 60.0) -> int:
    """Handle everything that is due now, and return how many events that were. For tests and the demo."""
    until = time.monotonic() + limit
    n = 0
    while time.monotonic() < until:
        outcome = run_once(at=at)
        if not outcome:
            return n
        n += outcome.handled + outcome.failed
    raise TimeoutError("Events keep arriving faster than they are handled.")


def hold(events: Sequence[Event], *, at: datetime) -> None:
    """A long reaction says that it is still at it: for another lease nobody else takes these events."""
    Event.objects.filter(pk__in=[event.pk for event in events], waits=True).update(leased_until=at + LEASE)


@transaction.atomic
def _claim(at: datetime, batch: int) -> list[Event]:
    due = Event.objects.filter(waits=True, run_after__lte=at).filter(
        Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    )
    oldest = due.order_by("run_after", "id").values("pk", "name", "attempts").first()
    if oldest is None:
        return []
    wanted = due.filter(name=oldest["name"], attempts__lt=SUSPECT)
    if oldest["attempts"] >= SUSPECT:  # alone: it may be what killed the workers before
        wanted = due.filter(pk=oldest["pk"])
    events = list(wanted.order_by("run_after", "id").select_for_update(skip_locked=True)[:batch])
    Event.objects.filter(pk__in=[event.pk for event in events]).update(
        leased_until=at + LEASE, attempts=F("attempts") + 1
    )
    for event in events:
        event.attempts += 1
    return events


def _handle(events: Sequence[Event], at: datetime) -> int:
    """Run the reactions; return how many events failed."""
    if events[0].attempts > MOST_ATTEMPTS:
        _put_back(events[0], events[0].failure or "The worker stopped every time while handling this.", at)
        return 1
    trouble = _react(events)
    if trouble is None:
        _close(events, at)
        return 0
    if len(events) > 1:
        return sum(_handle([event], at) for event in events)
    _put_back(events[0], trouble, at)
    return 1


def _react(events: Sequence[Event]) -> str | None:
    """None when all went well, otherwise what went wrong."""
    try:
        for reaction in waiting.reactions_to(events[0].name):
            reaction(events)
    except Exception as error:
        log.exception("A reaction to %s failed.", events[0].name)
        return f"{type(error).__name__}: {error}"[:2000]
    return None


def _close(events: Sequence[Event], at: datetime) -> None:
    Event.objects.filter(pk__in=[event.pk for event in events]).update(
        waits=False, leased_until=None, handled_at=at, failure=""
    )


def _put_back(event: Event, trouble: str, at: datetime) -> None:
    """Try again later; after the last attempt it rests, visibly, until somebody says "again"."""
    again = event.attempts < MOST_ATTEMPTS
    Event.objects.filter(pk=event.pk).update(
        waits=again,
        leased_until=None,
        run_after=at + FIRST_WAIT * 2 ** (event.attempts - 1) if again else None,
        failure=trouble,
    )
