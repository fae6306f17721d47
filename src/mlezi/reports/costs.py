"""Money: what visits were planned to cost and what was spent, by district. Currencies are never added up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum

from mlezi.encounters.models import PlannedEncounter
from mlezi.evaluation import keeping
from mlezi.places import queries as places
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.resources.queries import spent

CENT = Decimal("0.01")


class Amount(NamedTuple):
    """What was planned or spent in a district, in one currency. `area`: its row id, 0 outside any district."""

    area: int
    currency: str
    total: Decimal


def by_district(programme: Programme, scope: Scope, *, start: date, end: date) -> dict[str, Any]:
    """District code → {currency → {"planned": …, "spent": …}} as text, so that no cent is lost in JSON."""
    find = partial(_planned, programme, start, end)
    name = f"planned costs until {end}"
    planned: Sequence[Amount] = keeping.by_area(name, programme, scope, on=start, find=find, make=list)
    paid = _sums(spent(scope, start=start, end=end).filter(programme=programme), "amount")
    codes: dict[int, str] = dict(places.districts(scope).values_list("pk", "code"))
    totals: dict[str, dict[str, dict[str, str]]] = {}
    for kind, amounts in (("planned", planned), ("spent", paid)):
        for one in amounts:
            money = totals.setdefault(codes.get(one.area, ""), {}).setdefault(one.currency or "?", {})
            money[kind] = str(Decimal(one.total).quantize(CENT))  # SQLite adds up in floating point: exact to the cent
    return dict(sorted(totals.items()))


def _planned(programme: Programme, start: date, end: date, scope: Scope) -> list[Amount]:
    plans = PlannedEncounter.objects.filter(scope.where(), programme=programme, cancelled_on=None, cost__isnull=False)
    return _sums(plans.filter(planned_on__gte=start, planned_on__lt=end), "cost")


def _sums(rows: QuerySet[Any], column: str) -> list[Amount]:
    found = rows.order_by().values_list("place__district_id", "currency").annotate(total=Sum(column))
    return [Amount(district or 0, currency, total) for district, currency, total in found]
