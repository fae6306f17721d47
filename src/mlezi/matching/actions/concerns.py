"""What people report in confidence, and what was done about it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.matching.models import Concern
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


@transaction.atomic
def report(*, programme: Programme, about: Person, kind: str, text: str, by: Person, at: datetime) -> Concern:
    """Tell the programme's manager about somebody. The record of who did what names nobody."""
    made = Concern.objects.create(
        programme=programme, by=by, about=about, kind=Concern.Kind(kind), text=text, said_at=at
    )
    audit.record("concern.reported", programme, by=audit.MACHINE, at=at)
    return made


@transaction.atomic
def close(*, concern: Concern, outcome: str, by: audit.Actor, at: datetime) -> Concern:
    """Say what was done about it."""
    held = Concern.objects.select_for_update().get(pk=concern.pk)
    held.closed_at, held.outcome = at, outcome
    held.save(update_fields=["closed_at", "outcome"])
    audit.record("concern.closed", held.programme, by=by, at=at)
    return held
