"""What a visit costs: a line for each of the programme's rates, by its unit.

A day's rate counts for each begun day of eight hours, a visit's once, a kilometre's for the way there and
back. Roads are longer than the crow flies: the straight distance is taken times `ROAD` (detour factors of 1.2
to 1.4 are usual: Ballou, Rahardja and Sakai 2002, Transportation Research A 36:843).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mlezi.methods.geometry.plane import kilometres
from mlezi.places.models import Place
from mlezi.resources.models import Rate
from mlezi.resources.queries import rate_at

ROAD = 1.3
DAY_MINUTES = 480


@dataclass(frozen=True)
class Line:
    """One rate at one visit. `quantity` None: not known (a way between places without coordinates)."""

    rate: Rate
    quantity: Decimal | None

    @property
    def amount(self) -> Decimal | None:
        return None if self.quantity is None else (self.quantity * self.rate.amount).quantize(Decimal("0.01"))


def distance(start: Place | None, place: Place) -> float | None:
    """Road kilometres one way; None when either end has no coordinates."""
    if start is None or start.latitude is None or start.longitude is None:
        return None
    if place.latitude is None or place.longitude is None:
        return None
    return kilometres((start.latitude, start.longitude), (place.latitude, place.longitude)) * ROAD


def lines(rates: Sequence[Rate], place: Place, *, minutes: int | None, km: float | None) -> list[Line]:
    """The cost of one visit to the place, `km` away by road, in the order of the rates' codes."""
    found = []
    for code in dict.fromkeys(rate.code for rate in rates):
        rate = rate_at(rates, code, place)
        if rate:
            found.append(Line(rate, _quantity(rate, minutes, km)))
    return found


def _quantity(rate: Rate, minutes: int | None, km: float | None) -> Decimal | None:
    if rate.unit == "km":
        return None if km is None else Decimal(round(2 * km))
    if rate.unit == "day":
        return Decimal(max(1, math.ceil((minutes or 1) / DAY_MINUTES)))
    return Decimal(0) if rate.unit == "night" else Decimal(1)


def total(costs: Sequence[Line]) -> tuple[Decimal, str]:
    """What is known of the cost, in the first rate's currency; rates in another are left out."""
    currency = costs[0].rate.currency if costs else ""
    known = [line.amount for line in costs if line.amount is not None and line.rate.currency == currency]
    return sum(known, Decimal(0)), currency
