"""What the surveys' deriver looks up beforehand: instruments, kinds of questions, invitations, where people work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mlezi.instruments.derivation.known import Known
from mlezi.instruments.models import FormVersion
from mlezi.people.models import Post
from mlezi.plumbing.bulk import chunks
from mlezi.programmes.models import Programme
from mlezi.surveys import declared
from mlezi.surveys.declared import PURPOSES, Instrument
from mlezi.surveys.models import Invitation


class Asked(NamedTuple):
    """One invitation, as far as it tells which wave an answer belongs to."""

    wave: str
    occasion: str
    due_on: date
    asked_on: date | None
    closes_on: date | None
    place_id: int | None


class Employed(NamedTuple):
    from_on: date | None
    to_on: date | None
    place_id: int


@dataclass(slots=True)
class Book:
    instruments: dict[str, Instrument] = field(default_factory=dict)  # by form id
    several: frozenset[tuple[str, str]] = frozenset()  # (form id, path) of questions with several choices
    asked: dict[tuple[int, str], list[Asked]] = field(default_factory=lambda: defaultdict(list))  # person, form
    employed: dict[int, list[Employed]] = field(default_factory=lambda: defaultdict(list))

    def place_of(self, person_id: int, day: date) -> int | None:
        """Where somebody worked that day; the last post begun holds."""
        for post in reversed(self.employed.get(person_id, ())):
            if (post.from_on is None or post.from_on <= day) and (post.to_on is None or day <= post.to_on):
                return post.place_id
        return None


def load(known: Known, *, everybody: bool) -> Book:
    """Everything for the people in `known`; for all of the programme when `everybody`."""
    book = Book()
    programme = Programme.objects.only("blueprint").get(pk=known.programme_id)
    declared_ones = declared.instruments(programme)
    forms: dict[str, list[tuple[int, str]]] = {}
    rows = FormVersion.objects.filter(form__programme_id=known.programme_id)
    for form_id, purpose, pk, md5 in rows.values_list("form__form_id", "form__purpose", "pk", "md5"):
        if purpose in PURPOSES or form_id in declared_ones:
            forms.setdefault(form_id, []).append((pk, md5))
    book.instruments = {form_id: declared_ones.get(form_id) or Instrument(form_id) for form_id in forms}
    book.several = frozenset(
        (form_id, path) for form_id, versions in forms.items() for pk, md5 in versions for path in _several(pk, md5)
    )
    if forms:
        people = None if everybody else [who.id for who in known.people_by_id.values()]
        _load_invitations(book, known.programme_id, people)
        _load_posts(book, known.people_by_id)
    return book


@lru_cache(maxsize=1024)
def _several(pk: int, md5: str) -> tuple[str, ...]:
    """Paths of questions with several choices. A published version never changes; `md5` tells databases apart."""
    meanings: Mapping[str, Mapping[str, Mapping[str, str]]]
    meanings = FormVersion.objects.values_list("meanings", flat=True).get(pk=pk)
    return tuple(path for path, said in meanings.get("questions", {}).items() if said.get("kind") == "select")


def _load_invitations(book: Book, programme_id: int, people: Sequence[int] | None) -> None:
    columns = ("person_id", "instrument", "wave", "occasion", "due_on", "asked_on", "closes_on", "place_id")
    rows = Invitation.objects.filter(programme_id=programme_id).order_by("due_on", "wave", "occasion")
    for some in [None] if people is None else chunks(sorted(set(people))):
        for person_id, instrument, *facts in (rows if some is None else rows.filter(person__in=some)).values_list(
            *columns
        ):
            book.asked[person_id, instrument].append(Asked(*facts))


def _load_posts(book: Book, people: Mapping[int, object]) -> None:
    for some in chunks(sorted(people)):
        rows = Post.objects.filter(person__in=some).order_by("from_on", "pk")
        for person_id, begin, end, place_id in rows.values_list("person_id", "from_on", "to_on", "place_id"):
            book.employed[person_id].append(Employed(begin, end, place_id))
    for posts in book.employed.values():
        posts.sort(key=lambda post: post.from_on or date.min)
