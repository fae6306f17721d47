"""Whom a schedule is for, and each person's day to count from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Min

from mlezi.encounters.models import Attendance
from mlezi.people.models import Person, Post
from mlezi.plumbing.bulk import chunks
from mlezi.programmes.models import Enrolment, Programme, RoleAssignment
from mlezi.surveys.schedule import Schedule

PARTS = frozenset(Enrolment.Part.values)
Span = tuple[date | None, date | None]


@dataclass
class Candidate:
    """Somebody a schedule is for. `spans` are the times in which they take part."""

    person_id: int
    anchor: date = date.min
    cadre: str = ""
    spans: list[Span] = field(default_factory=list)
    posts: list[tuple[date | None, date | None, int, str]] = field(default_factory=list)

    def is_there(self, day: date) -> bool:
        """Whether they still take part that day. Before the first day counts as there: they are expected."""
        return any(end is None or day <= end for _, end in self.spans)

    def works_at(self, day: date) -> tuple[int | None, str]:
        for begin, end, place_id, cadre in reversed(self.posts):
            if (begin is None or begin <= day) and (end is None or day <= end):
                return place_id, cadre or self.cadre
        return None, self.cadre


def candidates(programme: Programme, schedule: Schedule, *, on: date) -> Iterator[Candidate]:
    """Everybody the schedule is for who has a day to count from."""
    people = _people(programme, schedule.who)
    days = _anchors(programme, schedule, people)
    complete(people)
    for person_id, candidate in sorted(people.items()):
        day = days.get(person_id)
        if day is not None:
            candidate.anchor = day
            yield candidate


def _people(programme: Programme, who: tuple[str, ...]) -> dict[int, Candidate]:
    found: dict[int, Candidate] = {}
    enrolled = Enrolment.objects.filter(programme=programme, part__in=[part for part in who if part in PARTS])
    held = RoleAssignment.objects.filter(programme=programme, role__in=[role for role in who if role not in PARTS])
    for rows in (enrolled, held):
        for person_id, begin, end in rows.order_by("from_on", "pk").values_list("person_id", "from_on", "to_on"):
            found.setdefault(person_id, Candidate(person_id)).spans.append((begin, end))
    return found


def complete(people: dict[int, Candidate]) -> None:
    """Add cadres and posts; somebody merged into another is left out."""
    for some in chunks(sorted(people)):
        for pk, cadre, into in Person.objects.filter(pk__in=some).values_list("pk", "cadre", "merged_into_id"):
            people[pk].cadre = cadre
            if into is not None:
                del people[pk]
        rows = Post.objects.filter(person__in=some).order_by("from_on", "pk")
        for person_id, begin, end, place_id, cadre in rows.values_list(
            "person_id", "from_on", "to_on", "place_id", "cadre"
        ):
            if person_id in people:
                people[person_id].posts.append((begin, end, place_id, cadre))
    for one in people.values():
        one.posts.sort(key=lambda post: post[0] or date.min)


def _anchors(programme: Programme, schedule: Schedule, people: dict[int, Candidate]) -> dict[int, date]:
    if schedule.anchor == "date":
        return dict.fromkeys(people, schedule.on) if schedule.on else {}
    if schedule.anchor == "programme-start":
        return dict.fromkeys(people, programme.starts_on) if programme.starts_on else {}
    if schedule.anchor == "first-encounter":
        return _first_encounters(programme, schedule.encounter, people)
    return {pk: one.spans[0][0] for pk, one in people.items() if one.spans[0][0]}


def _first_encounters(programme: Programme, kind: str, people: dict[int, Candidate]) -> dict[int, date]:
    found: dict[int, date] = defaultdict(lambda: date.max)
    rows = Attendance.objects.filter(encounter__programme=programme, is_present=True, encounter__held_on__isnull=False)
    if kind:
        rows = rows.filter(encounter__type__code=kind)
    for some in chunks(sorted(people)):
        first = rows.filter(person__in=some).values("person_id").annotate(day=Min("encounter__held_on"))
        found.update({row["person_id"]: row["day"] for row in first})
    return dict(found)
