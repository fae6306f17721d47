"""Needs, practice and costs somebody may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from mlezi.places.models import Place
from mlezi.places.scope import BY_DAY, Scope, found_by_day
from mlezi.programmes.models import Programme
from mlezi.resources.models import Need, NeedDecision, Practice, Rate, Spending


def needs_visible_to(scope: Scope, *, by_day: bool = False) -> QuerySet[Any]:
    """Needs of places in the scope; `by_day`: see `found_by_day`."""
    rows = found_by_day(Need.objects.all()) if by_day else Need.objects.all()
    return rows.filter(scope.where(path=BY_DAY if by_day else "place__path")).select_related("place")


def still_open(needs: QuerySet[Any]) -> QuerySet[Any]:
    """Neither seen nor decided to be met, nor a mistake; the oldest first."""
    settled = (NeedDecision.Outcome.MET, NeedDecision.Outcome.WRONG)
    return needs.filter(seen_met_on=None).exclude(outcome__in=settled).order_by("found_on", "pk")


def need_decisions(need: Need) -> QuerySet[NeedDecision]:
    return NeedDecision.objects.filter(need_id=need.pk).order_by("-decided_at", "-id")


def practice_of(person_id: int, programme: Programme) -> QuerySet[Practice]:
    """What one person practised, newest first. The caller says whose practice may be seen."""
    return Practice.objects.filter(programme=programme, person_id=person_id).order_by("-practised_on")


def rates(programme: Programme, *, on: date) -> QuerySet[Rate]:
    """What things cost on that day; a rate of one place stands beside the general one."""
    running = Q(from_on__lte=on) & (Q(to_on=None) | Q(to_on__gte=on))
    return Rate.objects.filter(running, programme=programme).select_related("place").order_by("code", "-from_on")


def rate_at(rates: Iterable[Rate], code: str, place: Place) -> Rate | None:
    """The rate that holds at the place: that of the nearest place above it, else the general one."""
    fitting = [
        rate for rate in rates if rate.code == code and (rate.place is None or place.path.startswith(rate.place.path))
    ]
    return max(fitting, key=lambda rate: (len(rate.place.path) if rate.place else 0, rate.from_on), default=None)


def spent(scope: Scope, *, start: date, end: date) -> QuerySet[Spending]:
    """What was really spent from `start` up to but not including `end`, where the scope reaches."""
    return Spending.objects.filter(scope.where(), spent_on__gte=start, spent_on__lt=end).select_related("place")
