"""Which rows a person may see, as one value.

A `Scope` is made by `programmes.queries.scope_of` and handed to every query. It becomes a
queryset filter here, and a dataset filter in `evaluation`; a test proves that both agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.apps import apps as django_apps
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

BY_DAY = "path_made_up"


class Subtree(Protocol):
    """A place with all below it, as a half-open range of paths."""

    @property
    def path(self) -> str: ...
    @property
    def path_to(self) -> str: ...


@dataclass(frozen=True)
class Scope:
    """Part of the tree, within programmes, and persons besides.

    `ranges` are half-open ranges of `Place.path`. `programmes` and `persons` are row ids.
    A row is visible when it is in one of the programmes and in one of the ranges, or when it is
    about one of the persons. An empty scope sees nothing.
    """

    ranges: tuple[tuple[str, str], ...] = ()
    programmes: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()

    @property
    def sees_nothing(self) -> bool:
        return not (self.programmes and self.ranges) and not self.persons

    def where(self, *, path: str = "place__path", programme: str | None = "programme", person: str | None = None) -> Q:
        """The filter for rows whose place, programme and person stand in the named fields."""
        nothing = Q(pk__in=[])
        within = nothing
        either = person is not None and bool(self.persons)
        if self.ranges and (programme is None or self.programmes):
            within = self._inside(path, by_key=either and path.endswith("__path"))
            if programme is not None:
                within &= Q(**{f"{programme}__in": self.programmes})
        if person is not None and self.persons:
            own = Q(**{f"{person}__in": self.persons})
            if programme is not None and self.programmes:
                own &= Q(**{f"{programme}__in": self.programmes})
            within |= own
        return within

    def _inside(self, path: str, *, by_key: bool) -> Q:
        """Within the ranges. `by_key` names the places themselves: *there, or about these persons* then finds each by
        an index of the one table, where a condition on the joined place would read all of it."""
        name = "path" if by_key else path
        ranges = Q(pk__in=[])
        for start, end in self.ranges:
            ranges |= Q(**{f"{name}__gte": start, f"{name}__lt": end})
        if not by_key:
            return ranges
        place = django_apps.get_model("places", "Place")
        return Q(**{f"{path.removesuffix('__path')}__in": place._default_manager.filter(ranges).values("pk")})

    def covers(self, low: str, high: str) -> bool:
        """Whether the whole range of paths lies in one of its own."""
        return any(start <= low and high <= end for start, end in self.ranges)

    def narrowed(self, start: str, end: str) -> Scope:
        """The same scope inside one subtree only."""
        kept = tuple((max(start, low), min(end, high)) for low, high in self.ranges if max(start, low) < min(end, high))
        return Scope(ranges=kept, programmes=self.programmes, persons=self.persons)

    def rows_in(self, place: Subtree, see: Callable[[Scope], QuerySet[Any]]) -> QuerySet[Any]:
        """The rows that `see` gives for this scope and that lie in one subtree, not those about its persons elsewhere.

        Whoever covers the subtree needs no persons to see all of it, and rows are then found by place alone.
        """
        inside = self.narrowed(place.path, place.path_to)
        if self.programmes and self.covers(place.path, place.path_to):
            return see(replace(inside, persons=frozenset()))
        return see(inside).filter(place__path__gte=place.path, place__path__lt=place.path_to)


NOTHING = Scope()


def found_by_day(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with their place's path under another name, for `where(path=BY_DAY)`.

    On SQLite the path is a text made up here, which no index holds: rows are then found by programme and day, and a
    list that begins with the newest ends after a page. Found by place first, all there ever were at the 60 000
    facilities of a country would be read, and put in order. PostgreSQL knows how many places a range holds.
    """
    path = Concat("place__path", Value("")) if connection.vendor == "sqlite" else F("place__path")
    annotated: QuerySet[Any] = rows.annotate(**{BY_DAY: path})
    return annotated
