"""Areas: the districts, by which figures are kept apart so that one new record does not make a country's old.

A row belongs to the district that datasets name for its place (`datasets.where` looks four floors up), or to
`OUTSIDE` any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from mlezi.competencies.models import Rating
from mlezi.people.models import Post
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.bulk import chunks

OUTSIDE = 0
FLOORS = 4  # a place and three above it, as `datasets.where.Where`
Range = tuple[str, str]


@dataclass(frozen=True)
class Ground:
    """What a scope covers: districts with their range of paths, and single places outside any."""

    districts: tuple[tuple[int, Range], ...]
    outside: tuple[Range, ...]

    @property
    def areas(self) -> tuple[int, ...]:
        return tuple(pk for pk, _ in self.districts) + ((OUTSIDE,) if self.outside else ())


def of_places(place_ids: Collection[int]) -> set[int]:
    """The areas of these places."""
    paths = [path for some in chunks(sorted(place_ids)) for path in _paths(some)]
    floors = [_floors(path) for path in paths]
    known = _districts({pk for chain in floors for pk in chain})
    return {_area(chain, known) for chain in floors}


def of_people(person_ids: Collection[int]) -> set[int]:
    """The areas in whose figures these people may stand: where they work or worked, and where they were rated."""
    places: set[int] = set()
    for some in chunks(sorted(person_ids)):
        for rows in (Post.objects.filter(person__in=some), Rating.objects.filter(person__in=some)):
            places |= set(rows.order_by().values_list("place_id", flat=True).distinct())
    return of_places(places - {None})


def _paths(place_ids: Collection[int]) -> Iterable[str]:
    return Place.objects.filter(pk__in=place_ids).values_list("path", flat=True)


def _floors(path: str) -> list[int]:
    """A place and those above it, the nearest first."""
    return [int(part) for part in reversed(path.strip("/").split("/"))][:FLOORS]


def _districts(ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    for some in chunks(sorted(ids)):
        found |= set(Place.objects.filter(pk__in=some, level__code="district").values_list("pk", flat=True))
    return found


def _area(chain: Iterable[int], known: Collection[int]) -> int:
    return next((pk for pk in chain if pk in known), OUTSIDE)


def ground(scope: Scope, *, version: int) -> Ground:
    """What a scope of ranges covers. `version`: of everything; the tree of places changes with it."""
    return _ground(tuple(sorted(scope.ranges)), version)


@lru_cache(maxsize=256)
def _ground(ranges: tuple[Range, ...], version: int) -> Ground:
    tree = _tree(version)
    inside = [path for path in tree if any(low <= path < high for low, high in ranges)]
    areas = {tree[path] for path in inside}
    districts = sorted((pk, path) for path, pk in tree.items() if pk in areas and _floors(path)[0] == pk)
    outside = sorted(path for path in inside if tree[path] == OUTSIDE)
    return Ground(
        tuple((pk, (path, path[:-1] + "0")) for pk, path in districts),
        tuple((path, path + "!") for path in outside),  # "!" sorts before any digit: the place without its children
    )


@lru_cache(maxsize=4)
def _tree(version: int) -> dict[str, int]:
    """Path → area of every place."""
    paths = list(Place.objects.order_by("path").values_list("path", flat=True))
    known = set(Place.objects.filter(level__code="district").values_list("pk", flat=True))
    return {path: _area(_floors(path), known) for path in paths}
