"""Planning encounters. A plan's uid travels in the forms filled in about it and becomes the encounter's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.encounters import keeping, problems, queries
from mlezi.encounters.models import Encounter, EncounterType, PlannedEncounter
from mlezi.instruments.actions import deriving
from mlezi.instruments.derivation import runner
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme

CHANGEABLE = frozenset(
    {"type", "place", "lead", "planned_on", "planned_minutes", "cost", "currency", "reasons", "note"}
)


@transaction.atomic
def plan(
    *,
    programme: Programme,
    type: EncounterType,
    place: Place,
    planned_on: date,
    by: Actor,
    at: datetime,
    lead: Person | None = None,
    minutes: int | None = None,
    reasons: Sequence[object] = (),
    cost: Decimal | None = None,
    currency: str = "",
    note: str = "",
    uid: UUID | None = None,
) -> PlannedEncounter:
    """Plan a meeting. `uid` is given when somebody else made it, as a round or an import; again is the same plan."""
    facts: dict[str, Any] = {
        "type": type,
        "place": place,
        "lead": lead,
        "planned_on": planned_on,
        "planned_minutes": minutes if minutes is not None else type.planned_minutes,
        "reasons": list(reasons),
        "cost": cost,
        "currency": currency,
        "note": note,
    }
    if uid is not None:
        runner.lock(programme)  # nobody derives its encounter at this moment
        existing = PlannedEncounter.objects.filter(pk=uid, programme=programme).first()
        if existing:
            return existing
        facts["uid"] = uid
    made = PlannedEncounter.objects.create(programme=programme, created_at=at, **facts)
    if uid is not None:
        keeping.settle([uid])  # an encounter may have come before it
    audit.record("encounter.planned", made, by=by, at=at, facts={"encounter": str(made.pk), "place": place.code})
    return made


@transaction.atomic
def change(*, uid: UUID, by: Actor, at: datetime, scope: Scope, **facts: Any) -> PlannedEncounter:
    """Move it to another day, place or person. Raises `NoSuchPlan`, `AlreadyHeld`."""
    unknown = facts.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"a plan has no {', '.join(sorted(unknown))}")
    found = _locked(uid, scope)
    _must_be_ahead(found)
    for name, value in facts.items():
        setattr(found, name, value)
    found.save(update_fields=list(facts))
    audit.record("encounter.replanned", found, by=by, at=at, facts={"encounter": str(uid), "changed": sorted(facts)})
    return found


@transaction.atomic
def cancel(*, uid: UUID, because: str, by: Actor, at: datetime, on: date, scope: Scope) -> PlannedEncounter:
    """Say that it will not take place, and why. Said twice, it stays as it was. Raises `NoSuchPlan`, `AlreadyHeld`."""
    found = _locked(uid, scope)
    if found.cancelled_on:
        return found
    _must_be_ahead(found)
    found.cancelled_on, found.cancelled_because = on, because[:40]
    found.save(update_fields=["cancelled_on", "cancelled_because"])
    audit.record("encounter.cancelled", found, by=by, at=at, facts={"encounter": str(uid), "because": because[:40]})
    deriving.derive_encounters(found.programme, [uid], at=at)
    return found


def _locked(uid: UUID, scope: Scope) -> PlannedEncounter:
    seen = queries.plans_visible_to(scope).filter(pk=uid).values("pk")
    found = PlannedEncounter.objects.select_for_update(of=("self",)).filter(pk__in=seen).first()
    if found is None:
        raise problems.NoSuchPlan
    return found


def _must_be_ahead(found: PlannedEncounter) -> None:
    held = Encounter.objects.filter(pk=found.pk, cancelled_because="").first()
    if held:
        raise problems.AlreadyHeld(on=held.held_on or "?")
