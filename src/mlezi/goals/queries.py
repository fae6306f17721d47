"""Agreed actions somebody may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.places.scope import BY_DAY, Scope, found_by_day

CLOSED = (ActionDecision.Outcome.DONE, ActionDecision.Outcome.DROPPED)


def visible_to(scope: Scope, *, by_day: bool = False) -> QuerySet[Any]:
    """Actions at places in the scope, and those owned by its persons; `by_day`: see `found_by_day`."""
    rows = found_by_day(AgreedAction.objects.all()) if by_day else AgreedAction.objects.all()
    seen = rows.filter(scope.where(path=BY_DAY if by_day else "place__path", person="owner"))
    return seen.select_related("place", "owner")


def still_open(actions: QuerySet[Any]) -> QuerySet[Any]:
    """Those nobody closed, the longest overdue first; those without a day come last."""
    return actions.exclude(outcome__in=CLOSED).order_by(F("due_on").asc(nulls_last=True), "agreed_on", "pk")


def overdue(actions: QuerySet[Any], *, on: date) -> QuerySet[Any]:
    """Open ones whose day has passed."""
    return still_open(actions).filter(Q(due_on__lt=on))


def decisions(action: AgreedAction) -> QuerySet[ActionDecision]:
    """Everything decided about it, newest first."""
    return ActionDecision.objects.filter(action_id=action.pk).order_by("-decided_at", "-id")
