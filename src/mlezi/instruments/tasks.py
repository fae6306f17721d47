"""What follows when something happened to a record. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from mlezi.audit.models import Event
from mlezi.instruments.derivation import runner
from mlezi.plumbing import clock


def derive(events: Sequence[Event]) -> None:
    """Derive the submissions these events are about."""
    runner.derive({UUID(event.subject_id) for event in events}, at=clock.now())
