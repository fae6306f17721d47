"""Taking part as a mentee or a mentor. An enrolment brings the role, and its end ends the role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.people.models import Person
from mlezi.programmes import problems
from mlezi.programmes.models import Cohort, Enrolment, Programme, RoleAssignment
from mlezi.programmes.permissions import ROLES


@transaction.atomic
def enrol(
    *,
    person: Person,
    programme: Programme,
    part: str,
    on: date,
    by: audit.Actor,
    at: datetime,
    cohort: Cohort | None = None,
    note: str = "",
) -> Enrolment:
    """From `on` the person takes part as `part`. Raises `AlreadyEnrolled`."""
    Person.objects.select_for_update().get(pk=person.pk)
    running = Enrolment.objects.filter(person=person, programme=programme, part=part, to_on=None).first()
    if running:
        raise problems.AlreadyEnrolled(person=person, part=part, since=running.from_on)
    enrolment = Enrolment.objects.create(
        person=person, programme=programme, part=Enrolment.Part(part), from_on=on, cohort=cohort, note=note
    )
    if role := role_to_come(person, programme, part, on):
        role.save()
    facts = {"person": str(person.uid), "part": part, "on": on.isoformat()}
    audit.record("enrolment.begun", enrolment, by=by, at=at, facts=facts)
    return enrolment


@transaction.atomic
def end(*, enrolment: Enrolment, on: date, reason: str, by: audit.Actor, at: datetime, note: str = "") -> Enrolment:
    """`on` is the last day of taking part. Raises `AlreadyEnded`, `EndsBeforeItBegan`."""
    enrolment = Enrolment.objects.select_for_update().select_related("person", "programme").get(pk=enrolment.pk)
    if enrolment.to_on:
        raise problems.AlreadyEnded(on=enrolment.to_on)
    if on < enrolment.from_on:
        raise problems.EndsBeforeItBegan(began=enrolment.from_on, ended=on)
    enrolment.to_on, enrolment.reason, enrolment.note = on, reason[:40], note or enrolment.note
    enrolment.save(update_fields=["to_on", "reason", "note"])
    held = RoleAssignment.objects.filter(
        person=enrolment.person, programme=enrolment.programme, role=enrolment.part, to_on=None, from_on__lte=on
    )
    held.update(to_on=on)
    facts = {"person": str(enrolment.person.uid), "part": enrolment.part, "on": on.isoformat(), "reason": reason}
    audit.record("enrolment.ended", enrolment, by=by, at=at, facts=facts)
    return enrolment


@dataclass(frozen=True)
class Joined:
    """Somebody whom a form shows to take part."""

    person: Person
    on: date
    submission: UUID


@transaction.atomic
def note_met(*, programme: Programme, people: Sequence[Joined]) -> int:
    """Enrol as mentees those met on a visit who never took part before; gives how many were new.

    The same call again changes nothing, and nobody is enrolled again whom somebody took out.
    """
    told = {joined.person.pk: joined for joined in people}
    before = Enrolment.objects.filter(programme=programme, person__in=list(told))
    known = set(before.values_list("person", flat=True))
    new = [joined for pk, joined in told.items() if pk not in known]
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                programme=programme,
                person=joined.person,
                part=Enrolment.Part.MENTEE,
                from_on=joined.on,
                created_by_submission=joined.submission,
            )
            for joined in new
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    roles = [role_to_come(joined.person, programme, "mentee", joined.on) for joined in new]
    RoleAssignment.objects.bulk_create([role for role in roles if role], ignore_conflicts=True, batch_size=500)
    return len(new)


def role_to_come(person: Person, programme: Programme, part: str, on: date) -> RoleAssignment | None:
    """The role that an enrolment brings, not yet saved; None when it brings none or the person holds it already."""
    if part not in ROLES:
        return None
    held = RoleAssignment.objects.filter(person=person, programme=programme, role=part, to_on=None)
    if held.exists():
        return None
    return RoleAssignment(person=person, programme=programme, role=part, place=programme.place, from_on=on)
