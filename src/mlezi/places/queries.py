"""Places somebody may see, and ways to find one."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from mlezi.places import problems
from mlezi.places.models import Level, Place
from mlezi.places.scope import Scope
from mlezi.plumbing import once


def visible_to(scope: Scope) -> QuerySet[Place]:
    """Every place within the scope's part of the tree."""
    return Place.objects.filter(scope.where(path="path", programme=None)).select_related("level", "parent")


def one(scope: Scope, code: str) -> Place:
    """The place with that code. Raises `NoSuchPlace`, also when it is out of the scope."""
    place = visible_to(scope).filter(code=code).first()
    if place is None:
        raise problems.NoSuchPlace
    return place


def covers(scope: Scope | None, path: str) -> bool:
    """Whether the path lies in the scope; None is the command line, which may touch everything."""
    return scope is None or any(start <= path < end for start, end in scope.ranges)


def is_everywhere(scope: Scope) -> bool:
    """Whether no place there is lies out of the scope."""
    gaps, above = Q(pk__in=[]), ""
    for low, high in sorted(scope.ranges):
        gaps |= Q(path__gte=above, path__lt=low)
        above = max(above, high)
    return not Place.objects.filter(gaps | Q(path__gte=above)).exists()


def districts(scope: Scope) -> QuerySet[Place]:
    """Visible places that serve as districts, whatever their level is called; see `tree.serving_as`."""
    return visible_to(scope).filter(district_id=F("pk")).order_by("name")


def regions(scope: Scope) -> QuerySet[Place]:
    """The same of regions."""
    return visible_to(scope).filter(region_id=F("pk")).order_by("name")


@once.a_page
def lowest_level() -> Level | None:
    """The level of facilities: the last the blueprint names."""
    return Level.objects.order_by("-rank").first()


def is_facility(place: Place) -> bool:
    """Whether it is of the lowest level, and no district."""
    lowest = lowest_level()
    return lowest is not None and place.level_id == lowest.pk and place.district_id != place.pk


def facilities(scope: Scope) -> QuerySet[Place]:
    """Visible places of the lowest level."""
    return visible_to(scope).filter(level=lowest_level())


def ancestors(place: Place) -> list[Place]:
    """From the root down to the parent."""
    found = {row.pk: row for row in Place.objects.filter(pk__in=place.ancestor_ids).select_related("level")}
    return [found[pk] for pk in place.ancestor_ids if pk in found]
