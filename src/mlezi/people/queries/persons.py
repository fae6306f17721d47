"""Persons: who works where on a day, and who stands behind a uid after merges."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mlezi.people.models import Person, Post
from mlezi.places.scope import Scope


def held_on(day: date) -> Q:
    """Posts held that day; the last day counts, and a post without a first day was always held."""
    return (Q(from_on__isnull=True) | Q(from_on__lte=day)) & (Q(to_on__isnull=True) | Q(to_on__gte=day))


def not_ended(day: date) -> Q:
    """Posts held that day or to be taken up later."""
    return Q(to_on__isnull=True) | Q(to_on__gte=day)


def post_on(person: Person, day: date) -> Post | None:
    """Where the person works that day; of two posts the one begun last."""
    held = Post.objects.filter(held_on(day), person=person).select_related("place")
    return held.order_by("from_on", "id").last()


def works_in(scope: Scope, *, on: date) -> Q:
    """Persons whose post lies in the scope; of those who left, whose last place does."""
    of_person = Post.objects.filter(person=OuterRef("pk"))
    open_posts = of_person.filter(not_ended(on))
    inside = scope.where(path="place__path", programme=None)
    return Q(Exists(open_posts.filter(inside))) | (~Q(Exists(open_posts)) & Q(Exists(of_person.filter(inside))))


def living() -> QuerySet[Person]:
    """Every person that was not merged into another."""
    return Person.objects.filter(merged_into=None)


def by_uid(uids: Iterable[UUID]) -> dict[UUID, Person]:
    """The person behind each known uid, after merges. Unknown uids are absent."""
    wanted = set(uids)
    found: dict[UUID, Person] = {}
    for start in range(0, len(wanted), 500):
        some = list(wanted)[start : start + 500]
        found |= {row.uid: row for row in Person.objects.filter(uid__in=some)}
    return {uid: kept for uid, kept in zip(found, kept_of(found.values()), strict=True)}


def kept_of(persons: Iterable[Person]) -> list[Person]:
    """Each person, or the one they were merged into, however many merges lie between."""
    rows = list(persons)
    kept = {row.pk: row for row in rows}
    missing = {row.merged_into_id for row in rows if row.merged_into_id} - kept.keys()
    while missing:
        kept |= Person.objects.in_bulk(missing)
        missing = {row.merged_into_id for row in kept.values() if row.merged_into_id} - kept.keys()
    return [_last(row, kept) for row in rows]


def _last(row: Person, kept: dict[int, Person]) -> Person:
    while row.merged_into_id:
        row = kept[row.merged_into_id]
    return row
