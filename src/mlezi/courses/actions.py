"""Hold a course: begin a run, keep its roster, issue certificates and take them back."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.courses import declared, problems, queries, signing
from mlezi.courses.declared import Course, Rule
from mlezi.courses.models import Certificate, OnRoster, Run
from mlezi.courses.queries import EVALUATION, POST, PRE, Row
from mlezi.formats import open_badges
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme
from mlezi.surveys.actions.scheduling import invitation
from mlezi.surveys.codes import ALPHABET
from mlezi.surveys.models import Invitation
from mlezi.surveys.queries.anchors import Candidate, complete
from mlezi.surveys.schedule import Due, schedules


@transaction.atomic
def begin(
    *,
    programme: Programme,
    course: str,
    code: str,
    from_on: date,
    to_on: date,
    place: Place | None,
    by: Actor,
    at: datetime,
) -> Run:
    """Hold a course of the blueprint from one day to another. Raises `CodeTaken`, `EndsBeforeItBegins`."""
    declared.course(programme, course)
    if to_on < from_on:
        raise problems.EndsBeforeItBegins
    try:
        with transaction.atomic():
            run = Run.objects.create(
                programme=programme, course=course, code=code, from_on=from_on, to_on=to_on, place=place, created_at=at
            )
    except IntegrityError as error:
        raise problems.CodeTaken(code=code) from error
    audit.record("course.begun", run, by=by, at=at, facts={"course": course, "code": code})
    return run


@transaction.atomic
def enrol(*, run: Run, people: Collection[Person], by: Actor, at: datetime) -> int:
    """Put people on the roster, with their tests and evaluation to come. Who is on it already stays; how many came."""
    run = Run.objects.select_for_update(of=("self",)).select_related("programme").get(pk=run.pk)
    there = {row.person_id: row for row in OnRoster.objects.filter(run=run)}
    back = [row for row in there.values() if row.removed_at and row.person_id in {one.pk for one in people}]
    OnRoster.objects.filter(pk__in=[row.pk for row in back]).update(removed_at=None)
    new = [OnRoster(run=run, person=person, added_at=at) for person in people if person.pk not in there]
    OnRoster.objects.bulk_create(new, batch_size=500)
    _invite(run, [person.pk for person in people], at)
    if new or back:
        ids = [str(person.uid) for person in people]
        audit.record("course.enrolled", run, by=by, at=at, facts={"n": len(new) + len(back), "people": ids})
        instruments = sorted({form for _, form, *_ in _dues(declared.course(run.programme, run.course), run)})
        facts = {"made": len(new), "instruments": instruments}
        audit.record("invitations.planned", run.programme, by=by, at=at, facts=facts)
    return len(new) + len(back)


@transaction.atomic
def take_off(*, run: Run, person: Person, by: Actor, at: datetime) -> None:
    """No longer expected. Whoever was asked already stays among the asked; what they answered stays."""
    rows = OnRoster.objects.select_for_update().filter(run=run, person=person, removed_at=None)
    if not rows.update(removed_at=at):
        return
    Invitation.objects.filter(
        programme=run.programme_id, occasion=run.code, person=person, asked_on=None, is_used=False
    ).delete()
    audit.record("course.taken_off", run, by=by, at=at, facts={"person": str(person.uid)})


def _dues(course: Course, run: Run) -> Iterable[tuple[str, str, date, date | None]]:
    """Wave, form, first and last day of everything a course asks of its people."""
    after = run.to_on + timedelta(days=course.post_days)
    if course.pre_test:
        yield PRE, course.pre_test, run.from_on - timedelta(days=7), run.to_on
    if course.post_test:
        yield POST, course.post_test, run.to_on, after
    if course.evaluation:
        yield EVALUATION, course.evaluation, run.to_on, after
    for schedule in schedules(run.programme.blueprint):
        if schedule.anchor == "course" and schedule.course == course.code:
            for due in schedule.due(run.from_on):
                yield due.wave, schedule.form, due.due_on, due.closes_on


def _invite(run: Run, people: Collection[int], at: datetime) -> None:
    candidates = {pk: Candidate(pk) for pk in people}
    complete(candidates)
    course = declared.course(run.programme, run.course)
    new = []
    for wave, form, due_on, closes_on in _dues(course, run):
        for candidate in candidates.values():
            row = invitation(run.programme, form, Due(wave, due_on, closes_on), candidate, occasion=run.code)
            row.created_at = at
            new.append(row)
    Invitation.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)


@transaction.atomic
def issue(
    *, run: Run, person_ids: Collection[int], scope: Scope, on: date, by: Actor, at: datetime
) -> list[Certificate]:
    """Certify whoever of these has everything the rule asks for. Said twice, nobody gets two.

    Raises `NothingToIssue` when nobody has.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("programme").get(pk=run.pk)
    course = declared.course(run.programme, run.course)
    ready = [row for row in queries.rows(run, scope) if row.is_earned and row.person.pk in person_ids]
    if not ready or course.certificate is None:
        raise problems.NothingToIssue
    issued = [_certificate(run, row, on=on, by=by, at=at) for row in ready]
    Certificate.objects.bulk_create(issued)
    for one in issued:
        audit.record("certificate.issued", one, by=by, at=at, facts={"person": str(one.person.uid), "run": run.code})
    return issued


def _certificate(run: Run, row: Row, *, on: date, by: Actor, at: datetime) -> Certificate:
    course = declared.course(run.programme, run.course)
    assert course.certificate is not None
    until = on + timedelta(days=course.certificate.valid_days) if course.certificate.valid_days else None
    one = Certificate(
        id=uuid4(),
        run=run,
        person=row.person,
        name=row.person.name,
        code="".join(secrets.choice(ALPHABET) for _ in range(12)),
        issued_on=on,
        valid_until=until,
        issued_by_name=by.name,
        grounds={"attended": row.attended, "sessions": row.sessions, "pre": row.pre, "post": row.post},
    )
    one.badge = _badge(one, course, course.certificate, at)
    return one


def _badge(one: Certificate, course: Course, rule: Rule, at: datetime) -> dict[str, Any]:
    programme, until = one.run.programme, one.valid_until
    title = worded(dict(rule.title), "en") or worded(dict(course.title), "en") or course.code
    achievement = open_badges.Achievement(
        uid=f"{settings.PUBLIC_URL.rstrip('/')}/#{programme.code}/{course.code}",
        name=title,
        description=worded(dict(course.title), "en") or title,
        criteria=worded(dict(rule.criteria), "en") or _criteria(rule),
    )
    return open_badges.credential(
        uid=f"urn:uuid:{one.pk}",
        achievement=achievement,
        holder=one.name,
        salt=secrets.token_hex(8),
        issuer_name=rule.issuer or worded(programme.title, "en") or programme.code,
        key=signing.key(),
        at=at,
        until=datetime(until.year, until.month, until.day, tzinfo=at.tzinfo) if until else None,
        status_list=settings.PUBLIC_URL.rstrip("/") + reverse("certificates:revoked"),
    )


def _criteria(rule: Rule) -> str:
    said = [f"Attended at least {rule.attendance:.0%} of the sessions"]
    if rule.pass_mark is not None:
        said.append(f"reached at least {rule.pass_mark:g} in the test after the course")
    return "; ".join(said) + "."


@transaction.atomic
def revoke(*, certificate: Certificate, because: str, on: date, by: Actor, at: datetime) -> Certificate:
    """From now on it is no longer genuine; the public page and the list of the badges say so."""
    row = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if row.revoked_on is None:
        row.revoked_on, row.revoked_because = on, because[:200]
        row.save(update_fields=["revoked_on", "revoked_because"])
        audit.record("certificate.revoked", row, by=by, at=at)
    return row
