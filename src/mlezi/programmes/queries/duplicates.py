"""Entries that may be one human being, proposed to a coordinator. Nothing is merged by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from mlezi.people.likeness import ALIKE, folded, likeness
from mlezi.people.models import NotTheSame, Person, Post
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.programmes.queries.people import listed

MOST_IN_A_GROUP = 400  # people who share one sign; beyond, the sign says nothing
STRONG = 0.97


@dataclass(frozen=True)
class Pair:
    """`kept` is the entry with more behind it. `reasons` are codes: phone, name, place, visit."""

    kept: Person
    absorbed: Person
    likeness: float
    reasons: tuple[str, ...]

    @property
    def weight(self) -> float:
        return self.likeness + 0.1 * len(self.reasons)


def look_alikes(scope: Scope, programme: Programme) -> list[Pair]:
    """Pairs of visible participants, the likeliest first.

    Two entries are compared when they share a telephone, a place where they ever worked, or nearly a
    whole name; they are proposed when their names are alike, or when they share the telephone and half the name.
    """
    people = {person.pk: person for person in listed(scope, programme)}
    places: dict[int, set[int]] = defaultdict(set)
    for person, place in Post.objects.filter(person__in=people).values_list("person", "place"):
        places[person].add(place)
    apart = _kept_apart(list(people))
    found = []
    for one, other in sorted(_candidates(people, places)):
        if (one, other) not in apart and (pair := _judged(people[one], people[other], places)):
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.weight, pair.kept.name, pair.kept.pk))


def _candidates(people: dict[int, Person], places: dict[int, set[int]]) -> set[tuple[int, int]]:
    groups: dict[object, set[int]] = defaultdict(set)
    for pk, person in people.items():
        if person.phone:
            groups["phone", person.phone[-9:]].add(pk)
        for place in places[pk]:
            groups["place", place].add(pk)
        groups["name", folded(person.name)].add(pk)
    return {pair for group in groups.values() for pair in _pairs(group)}


def _pairs(group: set[int]) -> Iterator[tuple[int, int]]:
    if 1 < len(group) <= MOST_IN_A_GROUP:
        yield from combinations(sorted(group), 2)


def _judged(one: Person, other: Person, places: dict[int, set[int]]) -> Pair | None:
    if one.code and other.code and one.code != other.code:
        return None  # two staff numbers are two people
    alike = likeness(one.name, other.name)
    shares_phone = bool(one.phone) and one.phone[-9:] == other.phone[-9:]
    if alike < ALIKE and not (shares_phone and alike >= 0.5):
        return None
    reasons = [
        code
        for code, holds in (
            ("phone", shares_phone),
            ("place", bool(places[one.pk] & places[other.pk])),
            ("name", alike >= STRONG),
            ("visit", bool(one.created_by_submission) != bool(other.created_by_submission)),
        )
        if holds
    ]
    if reasons in (["name"], ["visit"], []):
        return None  # a name alone is shared by many
    kept, absorbed = sorted((one, other), key=lambda person: (person.created_by_submission is not None, person.pk))
    return Pair(kept, absorbed, alike, tuple(reasons))


def _kept_apart(people: list[int]) -> set[tuple[int, int]]:
    rows = NotTheSame.objects.filter(Q(one__in=people) | Q(other__in=people))
    return {tuple(sorted(pair)) for pair in rows.values_list("one", "other")}  # type: ignore[misc]
