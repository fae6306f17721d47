"""Who is what: a role for a programme and a part of the tree, from a day to a day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.people.models import Person
from mlezi.places.models import Level, Place
from mlezi.plumbing.words import worded
from mlezi.programmes import problems
from mlezi.programmes.models import Programme, RoleAssignment
from mlezi.programmes.permissions import ROLES, Overseer


@transaction.atomic
def assign(
    *,
    person: Person,
    programme: Programme | None,
    role: str,
    on: date,
    by: audit.Actor,
    at: datetime,
    place: Place | None = None,
) -> RoleAssignment:
    """From `on` the person has the role; without a programme in all of them, without a place in its whole part.

    Raises `NoSuchRole`, `OverseesTooLittle`, `AlreadyHasRole`.
    """
    if role not in ROLES:
        raise problems.NoSuchRole(role=role, roles=", ".join(ROLES))
    if role == Overseer.code and programme and place:
        _must_be_large_enough(programme, place)
    Person.objects.select_for_update().get(pk=person.pk)
    held = RoleAssignment.objects.filter(person=person, programme=programme, role=role, place=place, to_on=None).first()
    if held:
        raise problems.AlreadyHasRole(person=person, since=held.from_on)
    given = RoleAssignment.objects.create(person=person, programme=programme, role=role, place=place, from_on=on)
    audit.record("role.assigned", given, by=by, at=at, facts=_facts(given))
    return given


def _must_be_large_enough(programme: Programme, place: Place) -> None:
    """Figures of fewer places than the blueprint's `oversight` would tell of single people."""
    code = programme.blueprint.get("places", {}).get("oversight", "")
    least = Level.objects.filter(code=code).first()
    if least and place.level.rank > least.rank:
        raise problems.OverseesTooLittle(place=place.name, level=worded(least.title))


@transaction.atomic
def end(*, assignment: RoleAssignment, on: date, by: audit.Actor, at: datetime) -> RoleAssignment:
    """`on` is the last day of the role. Raises `AlreadyEnded`, `EndsBeforeItBegan`."""
    given = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    if given.to_on:
        raise problems.AlreadyEnded(on=given.to_on)
    if on < given.from_on:
        raise problems.EndsBeforeItBegan(began=given.from_on, ended=on)
    given.to_on = on
    given.save(update_fields=["to_on"])
    audit.record("role.ended", given, by=by, at=at, facts=_facts(given))
    return given


def _facts(given: RoleAssignment) -> dict[str, str]:
    return {
        "person": str(given.person.uid),
        "role": given.role,
        "programme": given.programme.code if given.programme else "",
        "place": given.place.code if given.place else "",
    }
