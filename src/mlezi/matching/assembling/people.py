"""The two sides of a round with what is known of each person, read in a few queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from mlezi.competencies.models import Competency, Rating
from mlezi.matching.models import Member, Profile, RecordEntry, Round, Terms
from mlezi.people.models import Person, Post
from mlezi.places.models import Place
from mlezi.programmes.models import Enrolment, Programme


@dataclass
class Side:
    """One side of a round, in the order of every array."""

    persons: list[Person]
    profiles: dict[int, Profile]
    terms: dict[int, Terms]
    places: dict[int, Place]

    @property
    def ids(self) -> list[int]:
        return [person.pk for person in self.persons]

    def index(self) -> dict[int, int]:
        return {pk: number for number, pk in enumerate(self.ids)}


@dataclass
class Sides:
    """Both sides, and the domains in which needs and expertise are counted."""

    round: Round
    mentees: Side
    mentors: Side
    domains: list[str] = field(default_factory=list)
    titles: dict[str, dict[str, str]] = field(default_factory=dict)


def sides_of(round_: Round) -> Sides:
    """Members who take part when the round's pairs begin, and were not merged into another row."""
    members: dict[str, list[int]] = defaultdict(list)
    for side, person in round_.members.order_by("person_id").values_list("side", "person"):
        members[side].append(person)
    for side, ids in members.items():
        gone = left_before(ids, round_.programme, side, round_.from_on)
        members[side] = [pk for pk in ids if pk not in gone]
    domains = list(round_.programme.domains.filter(retired=False).order_by("order", "id").values_list("code", "title"))
    return Sides(
        round_,
        side_of(members[Member.Side.MENTEE], round_.programme, round_.from_on),
        side_of(members[Member.Side.MENTOR], round_.programme, round_.from_on),
        [code for code, _ in domains],
        dict(domains),
    )


def left_before(ids: list[int], programme: Programme, part: str, on: date) -> set[int]:
    """Those whose taking part in the programme ended before that day."""
    rows = Enrolment.objects.filter(programme=programme, part=part, person__in=ids)
    still = set(rows.filter(Q(to_on__isnull=True) | Q(to_on__gte=on)).values_list("person", flat=True))
    return set(rows.values_list("person", flat=True)) - still


def side_of(ids: list[int], programme: Programme, on: date) -> Side:
    persons = list(Person.objects.filter(pk__in=ids, merged_into=None).order_by("pk"))
    ids = [person.pk for person in persons]
    profiles = {row.person_id: row for row in Profile.objects.filter(person__in=ids)}
    terms = {row.person_id: row for row in Terms.objects.filter(person__in=ids, programme=programme)}
    return Side(persons, profiles, terms, work_places(ids, on))


def work_places(ids: list[int], on: date) -> dict[int, Place]:
    """Where each person works that day: the post begun last."""
    held = Q(to_on__isnull=True) | Q(to_on__gte=on)
    posts = Post.objects.filter(held, person__in=ids).select_related("place").order_by("from_on", "id")
    return {post.person_id: post.place for post in posts}


def rated_needs(ids: list[int], programme: Programme) -> dict[int, dict[str, float]]:
    """How far each person is from passing, domain by domain: the mean gap over what was rated.

    The latest rating by somebody else counts; where there is none, the latest of their own.
    """
    passes = dict(Competency.objects.filter(domain__programme=programme).values_list("pk", "pass_level"))
    domain_of = dict(Competency.objects.filter(domain__programme=programme).values_list("pk", "domain__code"))
    latest: dict[tuple[int, int], tuple[bool, int]] = {}
    rows = Rating.objects.filter(person__in=ids, programme=programme).order_by("rated_on", "pk")
    for person, competency, level, is_own in rows.values_list("person", "competency", "level", "is_own"):
        known = latest.get((person, competency))
        if known is None or known[0] or not is_own:
            latest[person, competency] = (is_own, level)
    gaps: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (person, competency), (_, level) in latest.items():
        if competency in passes:
            gaps[person][domain_of[competency]].append(max(0.0, float(passes[competency] - level)))
    return {
        person: {domain: sum(found) / len(found) for domain, found in by_domain.items()}
        for person, by_domain in gaps.items()
    }


def projects(ids: list[int]) -> dict[int, tuple[int, int]]:
    """Funded projects that each person led and joined."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = RecordEntry.objects.filter(person__in=ids, kind=RecordEntry.Kind.FUNDING)
    for person, role in rows.values_list("person", "role"):
        found[person][0 if role == RecordEntry.Role.LED else 1] += 1
    return {person: (led, joined) for person, (led, joined) in found.items()}
