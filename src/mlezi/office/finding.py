"""Somebody by the uid in an address, if the reader may know of them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from mlezi.office import problems
from mlezi.people.models import Person, Post
from mlezi.places.scope import Scope


def person(scope: Scope, uid: UUID, programme_id: int) -> Person:
    """The person of that uid who takes part in the programme and whom the scope covers. Raises `NoSuchRecord`."""
    there = Post.objects.filter(scope.where(path="place__path", programme=None)).values("person")
    part = Q(enrolments__programme=programme_id) | Q(roles__programme=programme_id)
    seen = Person.objects.filter(part, Q(pk__in=scope.persons) | Q(pk__in=there), uid=uid).first()
    if seen is None:
        raise problems.NoSuchRecord
    return seen.merged_into or seen
