"""Which records a part of the tree covers: by the place of their meeting, otherwise by where their sender works.

Meetings are known upstairs: `encounters` registers at start-up how to find those within a scope.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme

Finder = Callable[[Scope | None], "QuerySet[Any, Any]"]  # uids of the meetings within; of all, for None
_FINDERS: dict[str, Finder] = {}
EVERYTHING = ~Q(pk__in=[])  # an empty Q would vanish beside an "or"


def register(name: str, finder: Finder) -> None:
    """Add a kind of meeting that records are about. The same name again replaces it."""
    _FINDERS[name] = finder


def covers_all(programme: Programme, scope: Scope) -> bool:
    """Whether the scope holds the programme's whole part of the tree."""
    whole = programme.place.path if programme.place else "/"
    return any(start <= whole < end for start, end in scope.ranges)


def by_sender(programme: Programme, scope: Scope) -> Q:
    """What cannot be read has no place of its own: rows whose senders work, or have a role, within the scope."""
    if covers_all(programme, scope):
        return EVERYTHING
    senders = Q(pk__in=[])
    for start, end in scope.ranges:
        senders |= Q(posts__place__path__gte=start, posts__place__path__lt=end)
        senders |= Q(roles__place__path__gte=start, roles__place__path__lt=end)
    return Q(sender__in=Person.objects.filter(senders).values("pk"))


def within(programme: Programme, scope: Scope) -> Q:
    """Records that the scope covers; one about a meeting lies where the meeting was held."""
    if covers_all(programme, scope):
        return EVERYTHING
    placed, known = Q(pk__in=[]), Q(pk__in=[])
    for finder in _FINDERS.values():
        placed |= Q(encounter_uid__in=finder(scope))
        known |= Q(encounter_uid__in=finder(None))
    return placed | ((Q(encounter_uid=None) | ~known) & by_sender(programme, scope))
