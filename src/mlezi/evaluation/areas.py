"""Areas: the districts, by which figures are kept apart so that one new record does not make a country's old.

A row belongs to the district of its place (`datasets.where`), or to `OUTSIDE` any.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from mlezi.competencies.models import Rating
from mlezi.people.models import Post
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.bulk import chunks

OUTSIDE = 0
ROLES = -1  # no area: whom somebody may list depends on them besides
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
    return set(by_place(place_ids).values())


def by_place(place_ids: Collection[int]) -> dict[int, int]:
    """Place → its area."""
    found: dict[int, int] = {}
    for some in chunks(sorted(place_ids)):
        rows = Place.objects.filter(pk__in=some).order_by().values_list("pk", "district_id")
        found |= {pk: district or OUTSIDE for pk, district in rows}
    return found


def of_people(person_ids: Collection[int]) -> set[int]:
    """The areas in whose figures these people may stand: where they work or worked, and where they were rated."""
    places: set[int] = set()
    for some in chunks(sorted(person_ids)):
        for rows in (Post.objects.filter(person__in=some), Rating.objects.filter(person__in=some)):
            places |= set(rows.order_by().values_list("place_id", flat=True).distinct())
    return of_places(places - {None})


def is_of_whole_districts(scope: Scope, *, version: int) -> bool:
    """Whether each range of the scope holds whole districts, or places outside any."""
    tree = _tree(version)
    areas = [(low, tree.get(low)) for low, _ in scope.ranges]
    return all(area == OUTSIDE or (area is not None and low.endswith(f"/{area}/")) for low, area in areas)


def is_everywhere(scope: Scope, *, version: int) -> bool:
    """Whether every place there is lies in the scope."""
    return all(any(low <= path < high for low, high in scope.ranges) for path in _tree(version))


def ground(scope: Scope, *, version: int) -> Ground:
    """What a scope of ranges covers. `version`: of everything; the tree of places changes with it."""
    return _ground(tuple(sorted(scope.ranges)), version)


@lru_cache(maxsize=256)
def _ground(ranges: tuple[Range, ...], version: int) -> Ground:
    tree = _tree(version)
    inside = [path for path in tree if any(low <= path < high for low, high in ranges)]
    areas = {tree[path] for path in inside}
    districts = sorted((pk, path) for path, pk in tree.items() if pk in areas and path.endswith(f"/{pk}/"))
    outside = sorted(path for path in inside if tree[path] == OUTSIDE)
    return Ground(
        tuple((pk, (path, path[:-1] + "0")) for pk, path in districts),
        tuple((path, path + "!") for path in outside),  # "!" sorts before any digit: the place without its children
    )


@lru_cache(maxsize=4)
def _tree(version: int) -> dict[str, int]:
    """Path → area of every place."""
    rows = Place.objects.order_by("path").values_list("path", "district_id")
    return {path: district or OUTSIDE for path, district in rows}
