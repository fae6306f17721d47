"""What the record and the outbox say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet

from mlezi.audit.models import Event
from mlezi.plumbing.partial import said

FAILED = said("audit_event.handled_at IS NULL AND NOT (audit_event.failure = '')")
NO_ARRIVAL = said("NOT (audit_event.name = 'submission.received')")


@dataclass(frozen=True)
class Backlog:
    """How far behind the worker is. `oldest_at` is None when nothing waits."""

    n_waiting: int
    oldest_at: datetime | None
    n_failing: int
    n_given_up: int


def about(kind: str, keys: Iterable[object]) -> QuerySet[Event]:
    """What happened to these rows of a model, by their primary keys. That a record came, the record says itself."""
    return Event.objects.filter(NO_ARRIVAL, subject_kind=kind, subject_id__in=[str(key) for key in keys])


def failures() -> QuerySet[Event]:
    """Events whose reaction failed: those that will be tried again and those given up, newest first."""
    return Event.objects.filter(FAILED).order_by("-id")


def backlog(*, at: datetime) -> Backlog:
    waiting = Event.objects.filter(waits=True)
    due = waiting.filter(run_after__lte=at)
    return Backlog(
        n_waiting=waiting.count(),
        oldest_at=due.aggregate(oldest=Min("run_after"))["oldest"],
        n_failing=waiting.exclude(failure="").count(),
        n_given_up=failures().filter(waits=False).count(),
    )
