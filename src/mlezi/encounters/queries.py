"""Encounters and plans somebody may see, and when a place was last visited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mlezi.encounters.models import Attendance, Encounter, EncounterType, Note, PlannedEncounter
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme, Site

HELD = Q(cancelled_because="", held_on__isnull=False)


def visible_to(scope: Scope) -> QuerySet[Encounter]:
    """Encounters at places in the scope, and those its persons led or attended."""
    there: Any = scope.where(path="place__path")
    if scope.persons:
        seat = Attendance.objects.filter(encounter=OuterRef("pk"), person__in=scope.persons)
        own = Q(programme__in=scope.programmes) & (Q(lead__in=scope.persons) | Exists(seat))
        there |= own
    return Encounter.objects.filter(there).select_related("type", "place", "lead")


def held(encounters: QuerySet[Encounter]) -> QuerySet[Encounter]:
    return encounters.filter(HELD)


def notes_visible_to(scope: Scope, encounter: Encounter) -> QuerySet[Note]:
    """What was said. Coaching stays with the pair: words by, about, or from a meeting of the scope's persons.

    A mentee's own notes are theirs alone. `scope` is of the permission to see coaching.
    """
    with_them = Attendance.objects.filter(encounter=encounter, person__in=scope.persons).exists()
    mine = Q(author__in=scope.persons) | Q(about__in=scope.persons)
    if with_them or encounter.lead_id in scope.persons:
        mine |= Q(about=None)
    return encounter.notes.filter(mine).select_related("author", "about")


def sites_with_last_visit(scope: Scope, *, on: date, mode: str = "visit") -> QuerySet[Site]:
    """Places that take part on that day, with the day (`last_on`) and leader (`last_lead`) of their last visit."""
    visits = Encounter.objects.filter(
        HELD, place=OuterRef("place"), programme=OuterRef("programme"), mode=mode, held_on__lte=on
    ).order_by("-held_on", "-uid")
    running = Q(from_on__lte=on) & (Q(to_on=None) | Q(to_on__gte=on))
    return (
        Site.objects.filter(scope.where(), running)
        .select_related("place", "place__parent")
        .annotate(last_on=Subquery(visits.values("held_on")[:1]), last_lead=Subquery(visits.values("lead")[:1]))
        .order_by("place__name", "pk")
    )


def visit_interval(programme: Programme) -> int | None:
    """How many days visits may be apart, by the programme's own types; None when it does not say."""
    types = EncounterType.objects.filter(programme=programme, retired=False, mode="visit", every_days__isnull=False)
    return types.order_by("every_days").values_list("every_days", flat=True).first()


def planned_visible_to(scope: Scope) -> QuerySet[PlannedEncounter]:
    """Plans not cancelled, at places in the scope or led by its persons."""
    seen = PlannedEncounter.objects.filter(scope.where(path="place__path", person="lead"), cancelled_on=None)
    return seen.select_related("type", "place", "place__parent", "lead").order_by("planned_on", "place__name")
