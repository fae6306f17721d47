"""Who guides whom is known upstairs: rooms register here how to find the people somebody guides.

`pairing` registers at start-up. A function takes the guide, the programme and the day, and gives the
row ids of the persons guided then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from mlezi.people.models import Person
from mlezi.programmes.models import Programme

Finder = Callable[[Person, Programme, date], Iterable[int]]
_FINDERS: dict[str, Finder] = {}


def register(name: str, finder: Finder) -> None:
    """Add a way in which somebody comes to guide people. The same name again replaces it."""
    _FINDERS[name] = finder


def guided_by(person: Person, programme: Programme, on: date) -> frozenset[int]:
    """The persons that `person` guides in `programme` on that day, in any way."""
    return frozenset(found for finder in _FINDERS.values() for found in finder(person, programme, on))
