"""Encounters and plans somebody may see, and when a place was last visited."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from mlezi.encounters.models import (
    Attendance,
    Encounter,
    EncounterDecision,
    EncounterType,
    Note,
    PlannedEncounter,
    SampleCheck,
)
from mlezi.people.models import Person
from mlezi.places.scope import BY_DAY, Scope, found_by_day
from mlezi.programmes.models import Programme, Site

LATE_DAYS = 7  # a record that came more days after the meeting came late: on every page and in every figure
HELD = Q(cancelled_because="", held_on__isnull=False)


def visible_to(scope: Scope, *, by_day: bool = False) -> QuerySet[Encounter]:
    """Encounters at places in the scope, and those its persons led or attended; `by_day`: see `found_by_day`."""
    there = scope.where(path=BY_DAY if by_day else "place__path", person="lead")
    if scope.persons:
        own = Attendance.objects.filter(person__in=scope.persons).values("encounter")
        if not scope.ranges:
            # PostgreSQL would read every encounter for "led or attended"; in one list of both each is looked up.
            there = Q(pk__in=[])
            own = own.union(Encounter.objects.filter(lead__in=scope.persons).values("pk"))
        there |= Q(programme__in=scope.programmes, pk__in=own)
    rows = found_by_day(Encounter.objects.all()) if by_day else Encounter.objects.all()
    return rows.filter(there).select_related("type", "place", "lead")


def uids_within(scope: Scope | None) -> QuerySet[Any, Any]:
    """Uids of the meetings held at places in the scope; of all meetings for None."""
    rows = Encounter.objects.all() if scope is None else Encounter.objects.filter(scope.where(path="place__path"))
    return rows.values("pk")


def held(encounters: QuerySet[Encounter]) -> QuerySet[Encounter]:
    return encounters.filter(HELD)


def not_their_own() -> Q:
    """Notes that others may read at all: what a mentee wrote for themselves is left out."""
    return ~Q(kind=Note.OWN)


def notes_visible_to(scope: Scope, encounter: Encounter, *, reader: Person) -> QuerySet[Note]:
    """What was said. Coaching stays with the pair: words by, about, or from a meeting of the scope's persons.

    A mentee's own notes are theirs alone, whoever guides them and whatever they share. `scope` is of the permission
    to see coaching.
    """
    with_them = Attendance.objects.filter(encounter=encounter, person__in=scope.persons).exists()
    mine = Q(author__in=scope.persons) | Q(about__in=scope.persons)
    if with_them or encounter.lead_id in scope.persons:
        mine |= Q(about=None)
    return encounter.notes.filter(mine, not_their_own() | Q(author=reader)).select_related("author", "about")


class Facility(NamedTuple):
    """A place that takes part, with the day and leader of its last visit; plain, since a country has thousands.

    `area`: its district, 0 outside any. `parent` is the name of the place above it.
    """

    pk: int
    uid: UUID
    code: str
    name: str
    kind: str
    area: int
    parent_id: int | None
    parent: str
    latitude: float | None
    longitude: float | None
    from_on: date
    volume: int | None
    last_on: date | None
    last_lead: int | None


def facilities(scope: Scope, *, on: date, mode: str = "visit") -> list[Facility]:
    """Places that take part on that day, by name."""
    visits = Encounter.objects.filter(
        HELD, place=OuterRef("place"), programme=OuterRef("programme"), mode=mode, held_on__lte=on
    ).order_by("-held_on", "-uid")
    running = Q(from_on__lte=on) & (Q(to_on=None) | Q(to_on__gte=on))
    rows = Site.objects.filter(scope.where(), running).order_by("place__name", "pk")
    return [
        _facility(*row)
        for row in rows.values_list(
            "place_id", "place__uid", "place__code", "place__name", "place__kind",
            Coalesce("place__district_id", 0), "place__parent", Coalesce("place__parent__name", Value("")),
            "place__latitude", "place__longitude", "from_on", "volume",
            Subquery(visits.values(both=JSONObject(on="held_on", lead="lead"))[:1]),  # looked up once
        )
    ]  # fmt: skip


def _facility(*told: Any) -> Facility:
    *site, visit = told
    last = (date.fromisoformat(visit["on"]), visit["lead"]) if visit else (None, None)
    return Facility(*site, *last)


def visit_interval(programme: Programme) -> int | None:
    """How many days visits may be apart, by the programme's own types; None when it does not say."""
    types = EncounterType.objects.filter(programme=programme, retired=False, mode="visit", every_days__isnull=False)
    return types.order_by("every_days").values_list("every_days", flat=True).first()


def planned_visible_to(scope: Scope) -> QuerySet[PlannedEncounter]:
    """Plans not cancelled, at places in the scope or led by its persons."""
    seen = PlannedEncounter.objects.filter(scope.where(path="place__path", person="lead"), cancelled_on=None)
    return seen.select_related("type", "place", "place__parent", "lead").order_by("planned_on", "place__name")


def plans_visible_to(scope: Scope) -> QuerySet[PlannedEncounter]:
    """Every plan in the scope, cancelled ones too."""
    seen = PlannedEncounter.objects.filter(scope.where(path="place__path", person="lead"))
    return _plans_in_order(seen)


def plans_of_days(scope: Scope, programme: Programme, start: date, end: date) -> QuerySet[PlannedEncounter]:
    """The same for the days from `start` up to but not including `end`."""
    rows = found_by_day(PlannedEncounter.objects.all())
    seen = rows.filter(scope.where(path=BY_DAY, person="lead"), programme=programme)
    return _plans_in_order(seen.filter(planned_on__gte=start, planned_on__lt=end))


def _plans_in_order(plans: QuerySet[PlannedEncounter]) -> QuerySet[PlannedEncounter]:
    return plans.select_related("type", "place", "lead").order_by("planned_on", "place__name", "pk")


class PlanStatus(TextChoices):
    """What became of a plan. Derived, never set."""

    DUE = "due", _("to come")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")
    MISSED = "missed", _("never happened")


def with_status(plans: QuerySet[PlannedEncounter], *, on: date) -> QuerySet[Any]:
    """Adds `status` (see `PlanStatus`) and `because`: a record decides, then a cancellation, then the day.

    A plan whose day is past and of which no record came is *never happened* as far as anybody knows: a
    silent phone may still hold it.
    """
    record = Encounter.objects.filter(pk=OuterRef("pk"))
    annotated: QuerySet[Any] = plans.annotate(
        _held=Exists(record.filter(cancelled_because="")),
        _not_held=Subquery(record.exclude(cancelled_because="").values("cancelled_because")[:1]),
    ).annotate(
        status=Case(
            When(_held=True, then=Value(PlanStatus.HELD.value)),
            When(Q(_not_held__isnull=False) | Q(cancelled_on__isnull=False), then=Value(PlanStatus.CANCELLED.value)),
            When(planned_on__lt=on, then=Value(PlanStatus.MISSED.value)),
            default=Value(PlanStatus.DUE.value),
            output_field=CharField(),
        ),
        because=Case(
            When(_held=True, then=Value("")),
            default=Coalesce("_not_held", "cancelled_because"),
            output_field=CharField(),
        ),
    )
    return annotated


def newest_decision(encounter_uid: UUID, field: str) -> EncounterDecision | None:
    found = EncounterDecision.objects.filter(encounter_uid=encounter_uid, field=field)
    return found.order_by("-decided_at", "-pk").first()


def decisions(encounter: Encounter) -> QuerySet[EncounterDecision]:
    """What people decided about it, newest first."""
    return EncounterDecision.objects.filter(encounter_uid=encounter.pk).order_by("-decided_at", "-pk")


def held_in_month(programme: Programme, month: date) -> dict[UUID, tuple[int, str]]:
    """Encounters held at a place that month: uid → the place's row, and its district's path as stratum."""
    start = month.replace(day=1)
    end = (start + timedelta(days=32)).replace(day=1)
    rows = Encounter.objects.filter(HELD, programme=programme, held_on__gte=start, held_on__lt=end, place__isnull=False)
    found: dict[UUID, tuple[int, str]] = {}
    for uid, place_id, path, parent in rows.values_list("uid", "place_id", "place__path", "place__parent__path"):
        assert place_id is not None
        found[uid] = (place_id, parent or path)
    return found


def checks_visible_to(scope: Scope) -> QuerySet[SampleCheck]:
    """Sampled encounters at places in the scope."""
    return SampleCheck.objects.filter(scope.where()).select_related("place").order_by("-period", "place__name", "pk")
