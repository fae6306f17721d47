"""Deciding about agreed actions. Decisions are added, never changed; the newest holds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.goals import holding, problems, queries
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.plumbing.clock import day_of


@transaction.atomic
def decide(*, action_id: UUID, outcome: str, by: Person, at: datetime, scope: Scope, note: str = "") -> ActionDecision:
    """Say that an agreed action was done, dropped, or is open again.

    Phones and impatient fingers send the same twice: the same word again is answered with the first.
    `scope` is of the permission to decide. Raises `NoSuchAction`, `UnknownOutcome`.
    """
    seen = queries.visible_to(scope).filter(pk=action_id)
    action = AgreedAction.objects.select_for_update().filter(pk__in=seen.values("pk")).first()
    if action is None:
        raise problems.NoSuchAction
    if outcome not in ActionDecision.Outcome.values:
        raise problems.UnknownOutcome(outcome=outcome)
    newest = queries.decisions(action).first()
    if newest and newest.outcome == outcome and newest.decided_by_id == by.pk:
        return newest
    made = ActionDecision.objects.create(
        action_id=action.pk, outcome=outcome, decided_at=at, decided_on=day_of(at, action.programme.time_zone),
        decided_by=by, decided_by_name=by.name, note=note,
    )  # fmt: skip
    holding.settle([action.pk])
    audit.record(f"action.{outcome}", action, by=by, at=at)
    return made
