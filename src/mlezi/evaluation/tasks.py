"""What follows for rollups when people changed, or when they are not of the present definitions. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from mlezi.audit.models import Event
from mlezi.evaluation import standing
from mlezi.evaluation.actions import recount, remake_rollups
from mlezi.instruments.derivation.stale import people_of
from mlezi.programmes.models import Programme


def people_changed(events: Sequence[Event]) -> None:
    """Count ratings under the cadre their people have now."""
    recount(people_of(events))


def places_moved(events: Sequence[Event]) -> None:
    """Make again the rollups that tell districts apart."""
    for programme in standing.outdated():
        remake_rollups(programme)


def rollups_outdated(events: Sequence[Event]) -> None:
    """Make a programme's rollups by the present definitions."""
    for programme in Programme.objects.filter(pk__in={int(event.subject_id) for event in events}):
        remake_rollups(programme)
