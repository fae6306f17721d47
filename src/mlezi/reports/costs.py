"""Money: what visits were planned to cost and what was spent, by district. Currencies are never added up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from mlezi.encounters.queries import planned_visible_to
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.resources.queries import spent


def by_district(programme: Programme, scope: Scope, *, start: date, end: date) -> dict[str, Any]:
    """District code → {currency → {"planned": …, "spent": …}} as text, so that no cent is lost in JSON."""
    districts = list(Place.objects.filter(scope.where(path="path", programme=None), level__code="district"))
    totals: dict[str, dict[str, dict[str, Decimal]]] = {}

    def money(place: Place, currency: str) -> dict[str, Decimal]:
        code = next((one.code for one in districts if place.path.startswith(one.path)), "")
        return totals.setdefault(code, {}).setdefault(currency or "?", {})

    plans = planned_visible_to(scope).filter(
        programme=programme, planned_on__gte=start, planned_on__lt=end, cost__isnull=False
    )
    for plan in plans:
        _add(money(plan.place, plan.currency), "planned", plan.cost or Decimal(0))
    for row in spent(scope, start=start, end=end).filter(programme=programme):
        _add(money(row.place, row.currency), "spent", row.amount)
    return {
        place: {currency: {kind: str(amount) for kind, amount in kinds.items()} for currency, kinds in of.items()}
        for place, of in sorted(totals.items())
    }


def _add(money: dict[str, Decimal], kind: str, amount: Decimal) -> None:
    money[kind] = money.get(kind, Decimal(0)) + amount
