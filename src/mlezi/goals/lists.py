"""The list of open actions a phone carries, so that the next visit can say which are done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlezi.goals import queries
from mlezi.instruments import media
from mlezi.people.models import Person
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of

LONGEST = 80  # letters of an action on a phone's screen


def register() -> None:
    """Called once at start-up."""
    media.register("my_actions.csv", my_actions, columns=("place", "owner"))


def my_actions(programme: Programme, person: Person) -> Iterator[Mapping[str, object]]:
    """Open actions of the person and of those they guide; all within reach of whoever keeps them in order."""
    seen = queries.visible_to(scope_of(person, Permission.SEE_ACTIONS, programme=programme))
    for action in queries.still_open(seen.filter(programme=programme)).iterator(chunk_size=2000):
        due = f" ({action.due_on})" if action.due_on else ""
        yield {
            "name": action.pk,
            "label": f"{action.text[:LONGEST]}{due}",
            "__version": 1,
            "place": action.place.uid if action.place else "",
            "owner": action.owner.uid if action.owner else "",
        }
