"""Invitations as they stand: who answered, who is still to be asked, who may be reminded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from mlezi.instruments.models import FormVersion
from mlezi.instruments.vocabulary import terms_of
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of
from mlezi.programmes.queries.participants import sees_whole
from mlezi.surveys.models import Filled, Invitation, Standing
from mlezi.surveys.schedule import REMINDERS, schedules

Rows = Any  # a queryset of invitations; with `answered` its rows have two columns more
MANY = 3  # reminders, after which a person is left in peace


def answered(rows: Rows) -> Rows:
    """With `answered_on` and `has_answered`; an anonymous answer has no day."""
    mine = Filled.objects.filter(
        programme=OuterRef("programme"),
        instrument=OuterRef("instrument"),
        wave=OuterRef("wave"),
        occasion=OuterRef("occasion"),
        person=OuterRef("person"),
    )
    standing = mine.filter(Exists(Standing.objects.filter(filled_id=OuterRef("pk"))))
    return rows.annotate(
        answered_on=Subquery(standing.values("answered_on")[:1]), has_answered=Q(Exists(standing)) | Q(is_used=True)
    )


def invitations(programme: Programme, scope: Scope) -> Rows:
    """Those of people within the scope; a person who works nowhere is seen by whoever sees the whole programme."""
    inside = scope.where()
    if sees_whole(scope, programme) and programme.pk in scope.programmes:
        inside |= Q(place__isnull=True)
    rows = Invitation.objects.filter(inside, programme=programme).select_related("person", "place")
    return answered(rows)


def places_by_name(programme: Programme, viewer: Person | None) -> frozenset[int | None]:
    """Places whose people this reader may see one by one, and so who of them answered."""
    scope = scope_of(viewer, Permission.SEE_PEOPLE, programme=programme)
    if not scope.ranges:
        return frozenset()
    found = Place.objects.filter(scope.where(path="path", programme=None)).values_list("pk", flat=True)
    return frozenset({*found, *([None] if sees_whole(scope, programme) else [])})


def is_open(on: date) -> Q:
    return Q(due_on__lte=on, revoked_on__isnull=True) & (Q(closes_on__isnull=True) | Q(closes_on__gte=on))


def to_ask(rows: Rows, *, on: date) -> Rows:
    """Due, open, and nobody has asked yet."""
    return rows.filter(is_open(on), has_answered=False, asked_on__isnull=True)


def missed(rows: Rows, *, on: date) -> Rows:
    """Closed before anybody asked: their time went by, and they are not part of the response."""
    return rows.filter(closes_on__lt=on, has_answered=False, asked_on__isnull=True)


def to_remind(programme: Programme, *, on: date) -> Rows:
    """Asked, open, not answered, and the schedule's days since they last heard from us have passed.

    At most as many reminders as the schedule names; who answered is never reminded.
    """
    rows = answered(Invitation.objects.filter(is_open(on), programme=programme, asked_on__isnull=False))
    rows = rows.filter(has_answered=False)
    said = {one.code: one.remind_after_days for one in schedules(programme.blueprint)}
    allowed = Q(pk__in=[])
    for code in {"", *said, *rows.values_list("schedule", flat=True).distinct()}:
        days = said.get(code, REMINDERS)[:MANY]
        for n, after in enumerate(days):
            asked_by = on - timedelta(days=after)
            allowed |= Q(schedule=code, n_reminders=n, asked_on__lte=asked_by)
    return rows.filter(allowed).filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=on - timedelta(days=2)))


def hidden_forms(programme: Programme, person: Person, *, on: date) -> set[str]:
    """Scheduled forms that are not due for this person now: their phone does not offer them.

    A form that asks who answers can be filled in on somebody else's phone, so it is always offered.
    """
    scheduled = {one.form for one in schedules(programme.blueprint)}
    versions = FormVersion.objects.filter(form__programme=programme, form__form_id__in=scheduled, retired_at=None)
    for form_id, meanings in versions.values_list("form__form_id", "meanings"):
        if "respondent" in terms_of(meanings):
            scheduled.discard(form_id)
    if not scheduled:
        return set()
    rows = answered(Invitation.objects.filter(is_open(on), programme=programme, person=person))
    return scheduled - set(rows.filter(has_answered=False).values_list("instrument", flat=True))
