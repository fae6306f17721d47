"""What a derivation may look up: people, places, and what each deriver loaded. Read before, pure after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from mlezi.people.models import Person, Post
from mlezi.places.models import Place
from mlezi.plumbing.bulk import chunks
from mlezi.programmes.models import Enrolment, Programme


class Who(NamedTuple):
    """A person after merges, with the history that a derivation needs."""

    id: int
    uid: UUID
    cadre: str
    posts: tuple[tuple[date | None, date | None, str], ...]  # from, to, cadre
    enrolments: tuple[tuple[str, date, date | None], ...]  # part, from, to

    def cadre_on(self, day: date | None) -> str:
        """The cadre of the post held that day; otherwise the person's own."""
        for start, end, cadre in reversed(self.posts):
            if cadre and day and (start is None or start <= day) and (end is None or day <= end):
                return cadre
        return self.cadre

    def is_only_mentor_on(self, day: date | None) -> bool:
        parts = {
            part
            for part, start, end in self.enrolments
            if day is None or (start <= day and (end is None or day <= end))
        }
        return parts == {"mentor"}


class Where(NamedTuple):
    id: int
    uid: UUID
    code: str
    path: str
    latitude: float | None
    longitude: float | None


@dataclass(slots=True)
class Known:
    """Everything pure code may ask. `of` holds what each deriver loaded, by its name."""

    programme_id: int
    namespace: UUID
    zone: ZoneInfo
    starts_on: date | None
    people: dict[UUID, Who] = field(default_factory=dict)
    people_by_id: dict[int, Who] = field(default_factory=dict)
    places: dict[str, Where] = field(default_factory=dict)  # by uid in hex and by code in lower case
    places_by_id: dict[int, Where] = field(default_factory=dict)
    of: dict[str, Any] = field(default_factory=dict)

    def person(self, uid: UUID | None) -> Who | None:
        return self.people.get(uid) if uid else None

    def place(self, text: str) -> Where | None:
        name = text.strip().lower()
        return self.places.get(name.removeprefix("uuid:").replace("-", "")) or self.places.get(name)


def start(programme: Programme) -> Known:
    return Known(programme.pk, programme.uid, ZoneInfo(programme.time_zone), programme.starts_on)


def load_people(known: Known, *, uids: Iterable[UUID] | None = None, ids: Iterable[int] = ()) -> None:
    """Add people with their merges followed; `uids` None loads everybody of the programme's installation."""
    rows: dict[int, tuple[UUID, str, int | None]] = {}
    if uids is None:
        _add(rows, Q())
    else:
        for chunk in chunks([uid for uid in set(uids) if uid not in known.people]):
            _add(rows, Q(uid__in=chunk))
        for some in chunks([pk for pk in set(ids) if pk not in known.people_by_id]):
            _add(rows, Q(pk__in=some))
        while missing := [into for _, _, into in rows.values() if into and into not in rows]:
            for some in chunks(missing):
                _add(rows, Q(pk__in=some))
    everybody = uids is None
    posts = _posts(None if everybody else rows)
    enrolments = _enrolments(known.programme_id, None if everybody else rows)
    for pk in rows:
        last = _last(pk, rows)
        uid, cadre, _ = rows[last]
        who = Who(last, uid, cadre, tuple(posts.get(last, ())), tuple(enrolments.get(last, ())))
        known.people[rows[pk][0]] = known.people_by_id[pk] = who


def _add(rows: dict[int, tuple[UUID, str, int | None]], where: Q) -> None:
    for pk, uid, cadre, into in Person.objects.filter(where).values_list("pk", "uid", "cadre", "merged_into_id"):
        rows[pk] = (uid, cadre, into)


def _last(pk: int, rows: Mapping[int, tuple[UUID, str, int | None]]) -> int:
    seen: set[int] = set()
    while (into := rows[pk][2]) is not None and pk not in seen:
        seen.add(pk)
        pk = into
    return pk


def _posts(ids: Mapping[int, object] | None) -> dict[int, list[tuple[date | None, date | None, str]]]:
    found: dict[int, list[tuple[date | None, date | None, str]]] = {}
    for some in [None] if ids is None else chunks(list(ids)):
        rows = Post.objects.all() if some is None else Post.objects.filter(person_id__in=some)
        for pk, begin, end, cadre in rows.order_by("from_on", "id").values_list(
            "person_id", "from_on", "to_on", "cadre"
        ):
            found.setdefault(pk, []).append((begin, end, cadre))
    for posts in found.values():
        posts.sort(key=lambda post: post[0] or date.min)
    return found


def _enrolments(programme_id: int, ids: Mapping[int, object] | None) -> dict[int, list[tuple[str, date, date | None]]]:
    found: dict[int, list[tuple[str, date, date | None]]] = {}
    for some in [None] if ids is None else chunks(list(ids)):
        rows = Enrolment.objects.filter(programme_id=programme_id)
        if some is not None:
            rows = rows.filter(person_id__in=some)
        for pk, part, begin, end in rows.order_by("from_on", "id").values_list("person_id", "part", "from_on", "to_on"):
            found.setdefault(pk, []).append((part, begin, end))
    return found


def load_places(known: Known, *, names: Iterable[str] | None = None, ids: Iterable[int] = ()) -> None:
    """Add places by uid or code as written in answers, or by row id; `names` None loads the whole tree."""
    if names is None:
        _add_places(known, Q())
        return
    plain = {name.strip() for name in names}
    wanted = [uid for uid in (_as_uid(name) for name in plain) if uid]
    for some in chunks(wanted):
        _add_places(known, Q(uid__in=some))
    codes = sorted({form for name in plain for form in (name, name.upper(), name.lower())})
    for codes_ in chunks(codes):
        _add_places(known, Q(code__in=codes_))
    for pks in chunks([pk for pk in set(ids) if pk not in known.places_by_id]):
        _add_places(known, Q(pk__in=pks))


def _as_uid(name: str) -> UUID | None:
    try:
        return UUID(name.removeprefix("uuid:"))
    except ValueError:
        return None


def _add_places(known: Known, where: Q) -> None:
    rows = Place.objects.filter(where).order_by("pk")
    for row in rows.values_list("pk", "uid", "code", "path", "latitude", "longitude"):
        place = Where(*row)
        known.places_by_id[place.id] = place
        known.places[place.uid.hex] = place
        known.places.setdefault(place.code.lower(), place)
