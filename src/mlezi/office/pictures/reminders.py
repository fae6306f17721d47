"""Whom to remind of what: one short text a mentor, ready to be sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext

from mlezi.encounters import queries as encounters
from mlezi.evaluation import keeping
from mlezi.goals import queries as goals
from mlezi.office.pictures import sites
from mlezi.office.pictures.asked import Asked
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.programmes.queries import running_on

SOON = 7


@dataclass
class Reminder:
    """A mentor's facilities that wait, visits of this week (place and day), and how many agreements are late.

    Its words are put together when somebody looks: a country has thousands.
    """

    name: str = ""
    phone: str = ""
    waiting: list[sites.Standing] = field(default_factory=list)
    visits: list[tuple[str, date]] = field(default_factory=list)
    agreements: int = 0

    @property
    def n(self) -> int:
        return len(self.waiting) + len(self.visits) + bool(self.agreements)

    @property
    def text(self) -> str:
        said = [gettext("{place} waits {n} days").format(place=one.place.name, n=one.days) for one in self.waiting]
        said += [gettext("visit {place} on {day}").format(place=name, day=f"{day:%d/%m}") for name, day in self.visits]
        if self.agreements:
            words = ngettext("{n} agreement is late", "{n} agreements are late", self.agreements)
            said.append(words.format(n=self.agreements))
        return gettext("Hello {name}. {what}. Thank you, Mlezi").format(
            name=self.name.split(maxsplit=1)[0], what="; ".join(said)
        )


def due(asked: Asked, today: date) -> Sequence[Reminder]:
    """Of everybody who has something to do here, whoever has most first."""
    found: dict[int, Reminder] = {}
    for one in sites.standings(asked.programme, asked.here, on=today):
        if one.tone == "late" and one.place.last_lead:
            found.setdefault(one.place.last_lead, Reminder()).waiting.append(one)
    week = encounters.plans_of_days(asked.here, asked.programme, today, today + timedelta(days=SOON + 1))
    plans = week.filter(cancelled_on=None)
    for lead, place, day in plans.filter(lead__isnull=False).values_list("lead_id", "place__name", "planned_on"):
        found.setdefault(lead, Reminder()).visits.append((place, day))
    for guide, n in _late_agreements(asked, today).items():
        found.setdefault(guide, Reminder()).agreements = n
    for pk, name, phone in Person.objects.filter(pk__in=found).values_list("pk", "name", "phone"):
        found[pk].name, found[pk].phone = name, phone
    return sorted(found.values(), key=lambda one: (-one.n, one.name))


class _Late(NamedTuple):
    """Agreements of an area that are late, of people whom somebody guides."""

    area: int
    guide: int
    n: int


def _late_agreements(asked: Asked, today: date) -> Counter[int]:
    """How many overdue agreements each mentor's mentees have."""

    def make(rows: list[_Late]) -> Counter[int]:
        found: Counter[int] = Counter()
        for row in rows:
            found[row.guide] += row.n
        return found

    find = partial(_late, asked.programme, today)
    return keeping.by_area("late agreements", asked.programme, asked.here, on=today, find=find, make=make)


def _late(programme: Programme, today: date, scope: Scope) -> list[_Late]:
    guided = running_on(today, of="owner__guided_by__") & Q(owner__guided_by__programme=programme)
    rows = goals.overdue(goals.visible_to(scope), on=today).filter(guided).order_by()
    counted = rows.values_list(Coalesce("place__district_id", 0), "owner__guided_by__guide")
    return [_Late(*row) for row in counted.annotate(n=Count("pk"))]
