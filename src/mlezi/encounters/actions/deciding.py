"""People's word about a recorded encounter. Kept apart from what was recorded, so that a rebuild keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.encounters import problems, queries
from mlezi.encounters.models import Encounter, EncounterDecision, EncounterType
from mlezi.instruments.actions import deriving
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.scope import Scope

VOID = "void"
LONGEST = 14 * 24 * 60


@transaction.atomic
def correct(
    *, encounter_uid: UUID, field: str, value: str, by: Person, at: datetime, scope: Scope, note: str = ""
) -> EncounterDecision:
    """Say what really holds of one field; an empty value takes an earlier word back.

    `scope` is of the permission to correct encounters. What the forms said stays visible beside it.
    Raises `NoSuchEncounter`, `NotCorrectable`, `BadValue`.
    """
    encounter = _locked(encounter_uid, scope)
    if field not in CORRECTABLE:
        raise problems.NotCorrectable(field=field, fields=", ".join(CORRECTABLE))
    checked = CORRECTABLE[field](encounter, value.strip()) if value.strip() else ""
    return _decide(encounter, field, checked, by=by, at=at, note=note)


@transaction.atomic
def void(*, encounter_uid: UUID, by: Person, at: datetime, scope: Scope, note: str = "") -> EncounterDecision:
    """Say that it never took place. It counts nowhere from now on; its records are kept."""
    return _decide(_locked(encounter_uid, scope), VOID, "yes", by=by, at=at, note=note)


@transaction.atomic
def restore(*, encounter_uid: UUID, by: Person, at: datetime, scope: Scope, note: str = "") -> EncounterDecision:
    """Take back that it never took place."""
    return _decide(_locked(encounter_uid, scope), VOID, "no", by=by, at=at, note=note)


def _locked(uid: UUID, scope: Scope) -> Encounter:
    seen = queries.visible_to(scope).filter(pk=uid).values("pk")
    encounter = Encounter.objects.select_for_update(of=("self",)).filter(pk__in=seen).first()
    if encounter is None:
        raise problems.NoSuchEncounter
    return encounter


def _decide(encounter: Encounter, field: str, value: str, *, by: Person, at: datetime, note: str) -> EncounterDecision:
    """Add the decision and derive the encounter with it. The same word twice is one."""
    newest = queries.newest_decision(encounter.pk, field)
    if newest and newest.value == value and newest.note == note:
        return newest
    made = EncounterDecision.objects.create(
        encounter_uid=encounter.pk, field=field, value=value, decided_at=at, decided_by_name=by.name, note=note
    )
    facts = {"encounter": str(encounter.pk), "field": field}
    audit.record("encounter.voided" if field == VOID else "encounter.corrected", made, by=by, at=at, facts=facts)
    deriving.derive_encounters(encounter.programme, [encounter.pk], at=at)
    return made


def _day(encounter: Encounter, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise problems.BadValue(value=value, field="held_on", hint="Write a day as 2026-03-31.") from None


def _minutes(encounter: Encounter, value: str) -> str:
    if not value.isdecimal() or not 1 <= int(value) <= LONGEST:
        raise problems.BadValue(value=value, field="minutes", hint="Write a whole number of minutes.")
    return str(int(value))


def _place(encounter: Encounter, value: str) -> str:
    place = Place.objects.filter(code=value).first()
    if place is None:
        raise problems.BadValue(value=value, field="place", hint="Write the code of a place that exists.")
    return place.uid.hex


def _lead(encounter: Encounter, value: str) -> str:
    try:
        found = Person.objects.filter(uid=UUID(value), merged_into=None).first()
    except ValueError:
        found = None
    if found is None:
        raise problems.BadValue(value=value, field="lead", hint="Choose a person from the list.")
    return str(found.uid)


def _type(encounter: Encounter, value: str) -> str:
    if not EncounterType.objects.filter(programme=encounter.programme, code=value).exists():
        raise problems.BadValue(value=value, field="type", hint="Choose one of the blueprint's encounter types.")
    return value


def _held(encounter: Encounter, value: str) -> str:
    if value not in {"yes", "no"}:
        raise problems.BadValue(value=value, field="held", hint="Write yes or no.")
    return value


CORRECTABLE: dict[str, Callable[[Encounter, str], str]] = {
    "held_on": _day,
    "minutes": _minutes,
    "place": _place,
    "lead": _lead,
    "type": _type,
    "held": _held,
}
