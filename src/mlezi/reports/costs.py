"""Money: what visits were planned to cost and what was spent, by district. Currencies are never added up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from mlezi.encounters.queries import plans_of_days
from mlezi.places import queries as places
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.resources.queries import spent

CENT = Decimal("0.01")


def by_district(programme: Programme, scope: Scope, *, start: date, end: date) -> dict[str, Any]:
    """District code → {currency → {"planned": …, "spent": …}} as text, so that no cent is lost in JSON."""
    plans = plans_of_days(scope, programme, start, end).filter(cost__isnull=False, cancelled_on=None)
    paid = spent(scope, start=start, end=end).filter(programme=programme)
    found = [("planned", _sums(plans, "cost")), ("spent", _sums(paid, "amount"))]
    codes: dict[int | None, str] = dict(places.districts(scope).values_list("pk", "code"))
    totals: dict[str, dict[str, dict[str, str]]] = {}
    for kind, rows in found:
        for district, currency, amount in rows:
            money = totals.setdefault(codes.get(district, ""), {}).setdefault(currency or "?", {})
            money[kind] = str(Decimal(amount).quantize(CENT))  # SQLite adds up in floating point: exact to the cent
    return dict(sorted(totals.items()))


def _sums(rows: QuerySet[Any], column: str) -> Iterable[Any]:
    """District's row id, currency and sum."""
    sums: Iterable[Any] = rows.order_by().values_list("place__district_id", "currency").annotate(total=Sum(column))
    return sums
