"""What follows when something happened to a record, or to what records name. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from mlezi.audit.actions import MACHINE
from mlezi.audit.models import Event
from mlezi.instruments.derivation import awaiting, rebuild, runner, stale
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme

RESHAPES = (" encounter ", " competency ")  # steps of an applied blueprint that change what records mean


def derive(events: Sequence[Event]) -> None:
    """Derive the submissions these events are about."""
    runner.derive({UUID(event.subject_id) for event in events}, at=clock.now())


def people_changed(events: Sequence[Event]) -> None:
    """Derive what names these people: after a merge, a move, an enrolment, an import."""
    stale.derive_named_in(events, at=clock.now())


def places_changed(events: Sequence[Event]) -> None:
    """Derive what waited for a place."""
    stale.derive_touched((), awaiting.now_known(), at=clock.now())


def plan_changed(events: Sequence[Event]) -> None:
    """Derive the encounters that these plans became."""
    stale.derive_encounters_in(events, at=clock.now())


def blueprint_applied(events: Sequence[Event]) -> None:
    """Derive a programme again whose types or competencies changed."""
    for event in events:
        if any(word in f" {step} " for step in event.facts.get("steps", ()) for word in RESHAPES):
            for programme in Programme.objects.filter(pk=event.subject_id):
                rebuild.rebuild(programme=programme, by=MACHINE, at=clock.now(), since_then=stale.since)
