"""Encounters that are hard to believe, and why. A doubt accuses nobody: clocks, maps and fingers err.

Only where, when and what kind of doubt is told; the words that look like a patient's are not repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mlezi.encounters import queries
from mlezi.encounters.models import Encounter
from mlezi.encounters.modes import BY_CODE
from mlezi.places.distances import kilometres
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme

KM_A_DEGREE = 111.0
DAY_MINUTES = 16 * 60
AT_A_PLACE = tuple(mode.code for mode in BY_CODE.values() if mode.at_a_place)


@dataclass(frozen=True)
class Limits:
    """Beyond these a record is doubted. A blueprint may set its own under `trust`."""

    distance_km: float = 20
    mentees_per_hour: float = 10
    sample_share: float = 0.05


@dataclass(frozen=True)
class Doubt:
    encounter: Encounter
    kind: str
    says: str


def limits(programme: Programme) -> Limits:
    said = programme.blueprint.get("trust") or {}
    return Limits(**{name: said[name] for name in Limits.__dataclass_fields__ if said.get(name) is not None})


KINDS: dict[str, Any] = {
    "far": _("Far from the facility"),
    "at_once": _("Two places at once"),
    "crowd": _("Too many people"),
    "patient": _("May name a patient"),
    "clock": _("Wrong clock"),
}


def doubts(scope: Scope, programme: Programme, *, start: date, end: date) -> list[Doubt]:
    """Doubtful encounters held from `start` up to but not including `end`, newest first."""
    # A record whose day broke a rule has none: it counts by the day it arrived.
    held_then = Q(held_on__gte=start, held_on__lt=end)
    came_then = Q(held_on=None, first_received_at__date__gte=start, first_received_at__date__lt=end)
    rows = queries.visible_to(scope).filter(held_then | came_then, programme=programme, cancelled_because="")
    found = [doubt for find in FINDERS for doubt in find(rows, limits(programme))]
    return sorted(
        found, key=lambda one: (one.encounter.held_on or date.max, str(one.encounter.pk), one.kind), reverse=True
    )


def _far(rows: QuerySet[Encounter], most: Limits) -> Iterator[Doubt]:
    """The phone was far from the facility's point. The database rules out those nearby, roughly."""
    degrees = most.distance_km / KM_A_DEGREE / sqrt(2)
    north = Q(latitude__gt=F("place__latitude") + degrees) | Q(latitude__lt=F("place__latitude") - degrees)
    east = Q(longitude__gt=F("place__longitude") + degrees) | Q(longitude__lt=F("place__longitude") - degrees)
    for row in rows.filter(north | east, mode__in=AT_A_PLACE):
        place = row.place
        assert place is not None
        there, here = (place.latitude, place.longitude), (row.latitude, row.longitude)
        km = kilometres((there[0] or 0, there[1] or 0), (here[0] or 0, here[1] or 0))
        if km > most.distance_km:
            yield Doubt(row, "far", gettext("The phone was {km} km from the facility.").format(km=round(km)))


def _at_once(rows: QuerySet[Encounter], most: Limits) -> Iterator[Doubt]:
    """The same person led two meetings at the same time, or more hours in a day than anybody works."""
    other = Encounter.objects.filter(
        programme=OuterRef("programme"), lead=OuterRef("lead"), held_on=OuterRef("held_on"), cancelled_because=""
    ).exclude(pk=OuterRef("pk"))
    overlapping = other.filter(started_at__lt=OuterRef("ended_at"), ended_at__gt=OuterRef("started_at"))
    at_once = rows.filter(Exists(overlapping), started_at__isnull=False, ended_at__isnull=False)
    for row in at_once:
        yield Doubt(row, "at_once", gettext("The same person led another meeting at that time."))
    told = {row.pk for row in at_once}
    days = rows.filter(mode__in=AT_A_PLACE, lead__isnull=False).values("lead", "held_on")
    long = days.annotate(total=Sum("minutes")).filter(total__gt=DAY_MINUTES).order_by()
    for day in long:
        hours = round(day["total"] / 60)
        for row in rows.filter(mode__in=AT_A_PLACE, lead=day["lead"], held_on=day["held_on"]):
            if row.pk not in told:
                says = ngettext(
                    "The same person led {n} hour that day.", "The same person led {n} hours that day.", hours
                )
                yield Doubt(row, "at_once", says.format(n=hours))


def _crowd(rows: QuerySet[Encounter], most: Limits) -> Iterator[Doubt]:
    """More people than could be coached in the time."""
    hourly = Cast(F("n_participants") * 60.0, FloatField()) / Cast(F("minutes"), FloatField())
    timed = rows.filter(mode__in=AT_A_PLACE, minutes__gt=0, n_participants__gt=1).annotate(hourly=hourly)
    told = set()
    for quick in timed.filter(hourly__gt=most.mentees_per_hour):
        told.add(quick.pk)
        says = gettext("{n} people in {minutes} minutes.").format(n=quick.n_participants, minutes=quick.minutes)
        yield Doubt(quick, "crowd", says)
    for mode in BY_CODE.values():
        for row in rows.filter(mode=mode.code, n_participants__gt=mode.most_participants):
            if row.pk not in told:
                yield Doubt(row, "crowd", gettext("{n} people took part.").format(n=row.n_participants))


def _patient(rows: QuerySet[Encounter], most: Limits) -> Iterator[Doubt]:
    for row in _flagged(rows, "may_name_patient"):
        yield Doubt(row, "patient", gettext("Some words look like a patient's name or number."))


def _clock(rows: QuerySet[Encounter], most: Limits) -> Iterator[Doubt]:
    found: dict[object, Encounter] = {}
    for rule in CLOCK:
        found |= {row.pk: row for row in _flagged(rows, rule)}
    for row in found.values():
        yield Doubt(row, "clock", gettext("A day or time broke a rule; the field was left open."))


CLOCK = ("in_the_future", "too_long_ago", "ends_before_start", "another_day")
FINDERS: tuple[Callable[[QuerySet[Encounter], Limits], Iterator[Doubt]], ...] = (
    _far,
    _at_once,
    _crowd,
    _patient,
    _clock,
)


def _flagged(rows: QuerySet[Encounter], rule: str) -> QuerySet[Any]:
    """Encounters with a flag of this rule. The name stands in quotes, so that no part of another fits."""
    return rows.annotate(_flags=Cast("flags", TextField())).filter(_flags__contains=f'"{rule}"')
