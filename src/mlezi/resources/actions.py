"""Deciding about needs, and writing down what was spent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.clock import day_of
from mlezi.programmes.models import Programme
from mlezi.resources import problems, queries
from mlezi.resources.models import Need, NeedDecision, Spending
from mlezi.resources.needs import hold


@transaction.atomic
def decide(*, need_id: UUID, outcome: str, by: Person, at: datetime, scope: Scope, note: str = "") -> NeedDecision:
    """Say that a need is met, was a mistake, or is open again. The same word again changes nothing.

    `scope` is of the permission to decide. Raises `NoSuchNeed`, `UnknownOutcome`.
    """
    seen = queries.needs_visible_to(scope).filter(pk=need_id)
    need = Need.objects.select_for_update().filter(pk__in=seen.values("pk")).first()
    if need is None:
        raise problems.NoSuchNeed
    if outcome not in NeedDecision.Outcome.values:
        raise problems.UnknownOutcome(outcome=outcome)
    newest = queries.need_decisions(need).first()
    if newest and newest.outcome == outcome:
        return newest
    made = NeedDecision.objects.create(
        need_id=need.pk, outcome=outcome, decided_at=at, decided_on=day_of(at, need.programme.time_zone),
        decided_by_name=by.name, note=note,
    )  # fmt: skip
    hold(need.pk)
    audit.record(f"need.{outcome}", need, by=by, at=at)
    return made


@transaction.atomic
def note_spending(
    *, programme: Programme, place: Place, amount: str, currency: str, on: date, by: Person, at: datetime,
    encounter_uid: UUID | None = None, rate_code: str = "", note: str = "",
) -> Spending:  # fmt: skip
    """Write down money that was spent. Raises `BadAmount`."""
    try:
        value = Decimal(amount.replace(" ", ""))
    except InvalidOperation:
        raise problems.BadAmount(amount=amount) from None
    if not value.is_finite() or value <= 0:
        raise problems.BadAmount(amount=amount)
    made = Spending.objects.create(
        programme=programme, place=place, amount=value, currency=currency, spent_on=on, recorded_at=at,
        recorded_by_name=by.name, encounter_uid=encounter_uid, rate_code=rate_code, note=note,
    )  # fmt: skip
    audit.record("spending.noted", made, by=by, at=at)
    return made
