"""Somebody answered twice in a wave: a person decides which holds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.programmes.models import Programme
from mlezi.surveys import problems
from mlezi.surveys.derivation import standing
from mlezi.surveys.models import Filled, Standing, StandingDecision


@transaction.atomic
def decide(
    *, programme: Programme, standing_id: UUID, filled_id: UUID, by: Actor, at: datetime, note: str = ""
) -> StandingDecision:
    """From now on this one holds; the others stay as they are. Raises `NoSuchInstrument` for one of another wave."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    row = Standing.objects.filter(programme=programme, pk=standing_id).first()
    filled = Filled.objects.filter(programme=programme, pk=filled_id).first()
    if row is None or filled is None or _slot(row) != _slot(filled):
        raise problems.NoSuchInstrument
    decided = StandingDecision.objects.create(
        standing_id=standing_id, filled_id=filled_id, decided_at=at, decided_by_name=by.name, note=note
    )
    standing.settle(programme, {row.participant})
    audit.record("response.decided", row, by=by, at=at, facts={"holds": str(filled_id)})
    return decided


def _slot(row: Standing | Filled) -> tuple[str, str, str, str]:
    return row.instrument, row.wave, row.occasion, row.participant
