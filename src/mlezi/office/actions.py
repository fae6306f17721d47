"""Filling a month with visits by need. Each visit is a plan of its own that the coordinator may change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mlezi.encounters.actions.planning import change, plan
from mlezi.encounters.models import EncounterType, PlannedEncounter
from mlezi.methods.planning.month import spread
from mlezi.office import problems
from mlezi.office.pictures.costs import Bases, cost_of
from mlezi.office.pictures.plan import Wanted, reasons_as_kept
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.resources.queries import rates as rates_on

EACH = 6  # visits a mentor can make in a month, where the blueprint does not say


def visit_type(programme: Programme) -> EncounterType:
    """The programme's main kind of visit. Raises `NoVisits`."""
    found = EncounterType.objects.filter(programme=programme, mode="visit", retired=False).order_by("pk").first()
    if found is None:
        raise problems.NoVisits
    return found


@transaction.atomic
def fill_month(
    *, programme: Programme, wanted: Sequence[Wanted], made: Sequence[PlannedEncounter], days: Sequence[date],
    by: Person, at: datetime,
) -> list[PlannedEncounter]:  # fmt: skip
    """Plan a visit to every wanted facility that has none among `made`, as far as mentors have room.

    The most urgent come first. Filling again after changes adds only what is missing. Raises `NoVisits`.
    """
    each = int((programme.blueprint.get("planning") or {}).get("visits_per_mentor_month", EACH))
    live = [one for one in made if one.cancelled_on is None]
    has = {one.place_id for one in made}  # what the coordinator cancelled is not proposed again
    by_place = {one.place.pk: one for one in wanted if one.mentor and one.place.pk not in has}
    asked = [(pk, one.mentor) for pk, one in by_place.items() if one.mentor]
    taken = [(one.lead_id, one.planned_on) for one in live if one.lead_id]
    visits, _left = spread(asked, days, each=each, taken=taken)
    return [one_visit(programme=programme, want=by_place[visit.place], on=visit.on, by=by, at=at) for visit in visits]


@transaction.atomic
def one_visit(*, programme: Programme, want: Wanted, on: date, by: Person, at: datetime) -> PlannedEncounter:
    """Plan one visit with the reasons of that moment and its cost by the rates of that day."""
    kind = visit_type(programme)
    rates = list(rates_on(programme, on=on))
    place, lead = Place.objects.get(pk=want.place.pk), Person.objects.filter(pk=want.mentor or 0).first()
    cost, currency = cost_of(rates, Bases(on), place, lead, kind.planned_minutes)
    return plan(
        programme=programme, type=kind, place=place, planned_on=on, lead=lead, by=by, at=at,
        reasons=reasons_as_kept(want), cost=cost if currency else None, currency=currency,
    )  # fmt: skip


@transaction.atomic
def move_visit(
    one: PlannedEncounter, *, on: date, lead: Person | None, by: Person, at: datetime, scope: Scope
) -> PlannedEncounter:
    """Another day or mentor: then it costs what the rates of that day say for whoever goes. Raises as `change`."""
    facts: dict[str, Any] = {"planned_on": on, "lead": lead}
    if one.cost is not None and (one.planned_on, one.lead_id) != (on, lead.pk if lead else None):
        rates = list(rates_on(one.programme, on=on))
        cost, currency = cost_of(rates, Bases(on), one.place, lead, one.planned_minutes)
        if currency:
            facts |= {"cost": cost, "currency": currency}
    return change(uid=one.uid, by=by, at=at, scope=scope, **facts)
