"""Somebody, or a form record, by the uid in an address, if the reader may know of them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from mlezi.encounters import queries as encounters
from mlezi.instruments.models import Submission
from mlezi.instruments.queries.reach import within
from mlezi.office import problems
from mlezi.people.models import Person, Post
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of


def person(scope: Scope, uid: UUID, programme_id: int) -> Person:
    """The person of that uid who takes part in the programme and whom the scope covers. Raises `NoSuchRecord`."""
    there = Post.objects.filter(scope.where(path="place__path", programme=None), person=OuterRef("pk"))
    part = Q(enrolments__programme=programme_id) | Q(roles__programme=programme_id)
    seen = Person.objects.filter(part, Q(pk__in=scope.persons) | Exists(there), uid=uid).first()
    if seen is None:
        raise problems.NoSuchRecord
    return seen.merged_into or seen


def record(reader: Person, programme: Programme, uid: UUID) -> Submission:
    """The form record, if its encounter may be seen, or records of forms in general. Raises `NoSuchRecord`."""
    found = Submission.objects.filter(pk=uid, programme=programme).select_related("form_version", "sender").first()
    if found is None or not _covers(reader, programme, found):
        raise problems.NoSuchRecord
    return found


def reaches(reader: Person, permission: P, found: Submission, programme: Programme) -> bool:
    """Whether the part of the tree for which the reader holds the permission covers the record."""
    scope = scope_of(reader, permission, programme=programme)
    return bool(scope.ranges) and Submission.objects.filter(within(programme, scope), pk=found.pk).exists()


def _covers(reader: Person, programme: Programme, found: Submission) -> bool:
    if found.sender_id == reader.pk:
        return True
    if found.encounter_uid:
        seen = scope_of(reader, P.SEE_ENCOUNTERS, programme=programme)
        if encounters.visible_to(seen).filter(pk=found.encounter_uid).exists():
            return True
    return reaches(reader, P.SEE_SUBMISSIONS, found, programme)
