"""The costed plan: each planned visit with a column for every rate, and what was really spent beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Avg
from django.utils.translation import gettext_lazy as _

from mlezi.encounters.models import PlannedEncounter
from mlezi.office.pictures import plan as planning
from mlezi.office.pictures.asked import Asked
from mlezi.people.models import Person
from mlezi.people.queries.persons import post_on
from mlezi.places.models import Place
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.words import number, worded
from mlezi.resources import costing, queries
from mlezi.resources.models import Rate


@dataclass
class Bases:
    """Where each mentor sets out from: their post, or the middle of its facilities where it has no coordinates."""

    today: date
    _known: dict[int, Place | None] = field(default_factory=dict)

    def of(self, mentor: Person | None) -> Place | None:
        if mentor is None:
            return None
        if mentor.pk not in self._known:
            post = post_on(mentor, self.today)
            self._known[mentor.pk] = _located(post.place) if post else None
        return self._known[mentor.pk]


def _located(place: Place) -> Place:
    if place.latitude is not None:
        return place
    inside = Place.objects.filter(path__gte=place.path, path__lt=place.path_to, latitude__isnull=False)
    middle = inside.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    return Place(name=place.name, latitude=middle["latitude"], longitude=middle["longitude"])


@dataclass(frozen=True)
class Row:
    plan: PlannedEncounter
    lines: Sequence[costing.Line]
    km: float | None
    spent: Decimal | None

    @property
    def total(self) -> Decimal:
        """As planned, when a cost was written down; else what the rates say."""
        return self.plan.cost if self.plan.cost is not None else costing.total(self.lines)[0]

    @property
    def currency(self) -> str:
        return self.plan.currency or costing.total(self.lines)[1]

    @property
    def district(self) -> str:
        return self.plan.place.parent.name if self.plan.place.parent else ""

    def amount(self, code: str) -> Decimal | None:
        return next((line.amount for line in self.lines if line.rate.code == code), None)


def cost_of(rates: Sequence[Rate], bases: Bases, place: Place, mentor: Person | None, minutes: int | None) -> Any:
    """The cost of one visit as the rates say: (amount, currency)."""
    return costing.total(costing.lines(rates, place, minutes=minutes, km=costing.distance(bases.of(mentor), place)))


def rows(asked: Asked, today: date) -> list[Row]:
    """Every plan of the month that was not cancelled, with its costs."""
    bases, rates = Bases(today), list(queries.rates(asked.programme, on=asked.period.start))
    paid = spent_by_visit(asked)
    found = []
    for one in planning.plans(asked, today):
        if one.cancelled_on is None:
            km = costing.distance(bases.of(one.lead), one.place)
            lines = costing.lines(rates, one.place, minutes=one.planned_minutes, km=km)
            found.append(Row(one, lines, km, paid.get(one.uid)))
    return found


def spent_by_visit(asked: Asked) -> dict[UUID, Decimal]:
    paid: dict[UUID, Decimal] = {}
    money = queries.spent(asked.here, start=asked.period.start, end=planning.month_end(asked))
    for uid, amount in money.filter(encounter_uid__isnull=False).values_list("encounter_uid", "amount"):
        if uid is not None:
            paid[uid] = paid.get(uid, Decimal(0)) + amount
    return paid


def summary(found: Sequence[Row]) -> list[dict[str, Any]]:
    """By district and currency: visits, planned, spent."""
    sums: dict[tuple[str, str], dict[str, Any]] = {}
    for row in found:
        line = sums.setdefault(
            (row.district, row.currency),
            {"district": row.district, "currency": row.currency, "n": 0, "planned": Decimal(0), "spent": None},
        )
        line["n"] += 1
        line["planned"] += row.total
        if row.spent is not None:
            line["spent"] = (line["spent"] or Decimal(0)) + row.spent
    return [sums[key] for key in sorted(sums)]


def table(rates: Sequence[Rate]) -> Table:
    """A line a visit, with a column for each rate, as a district health plan wants it."""
    titles = {rate.code: worded(rate.title) or rate.code for rate in rates}
    return Table(
        "costed-visit-plan",
        (
            Column("place", _("Facility"), value=lambda row: row.plan.place.name),
            Column("district", _("District"), value=lambda row: row.district),
            Column(
                "day", _("Day"), value=lambda row: row.plan.planned_on, show=lambda row: f"{row.plan.planned_on:%d/%m}"
            ),
            Column("mentor", _("Mentor"), value=lambda row: row.plan.lead.name if row.plan.lead else ""),
            Column("km", _("Km one way"), value=lambda row: None if row.km is None else round(row.km, 1), numeric=True),
            *(_rate_column(code, title) for code, title in titles.items()),
            Column(
                "planned",
                _("Planned"),
                value=lambda row: row.total,
                show=lambda row: number(float(row.total)),
                numeric=True,
            ),
            Column(
                "spent",
                _("Spent"),
                value=lambda row: row.spent,
                show=lambda row: None if row.spent is None else number(float(row.spent)),
                numeric=True,
            ),
            Column("currency", _("Currency"), value=lambda row: row.currency),
        ),
        page_size=200,
        empty=_("No visit is planned for this month yet."),
    )


def _rate_column(code: str, title: str) -> Column:
    def show(row: Row) -> object:
        amount = row.amount(code)
        return None if amount is None else number(float(amount))

    return Column(code, title, value=lambda row: row.amount(code), show=show, numeric=True)
