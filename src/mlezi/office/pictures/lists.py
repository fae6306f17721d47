"""Short lists beside figures: the actions longest overdue, who needs what; only what the viewer may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from mlezi.goals import queries as goals
from mlezi.office import links, names
from mlezi.office.pictures.asked import Asked
from mlezi.people.models import Person
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of
from mlezi.resources import queries as resources

SHORT = 6


def district(asked: Asked, today: date) -> dict[str, Any]:
    """What stands below the figures of a district."""
    seen = scope_of(asked.person, P.SEE_ACTIONS, programme=asked.programme)
    open_ = goals.still_open(seen.rows_in(asked.place, goals.visible_to))
    return {
        "actions": [agreed(asked, one, today) for one in open_[:SHORT]],
        "n_actions": open_.count(),
        "actions_url": links.page("actions", asked.programme, place=asked.place.code),
        "needs_url": links.page("needs", asked.programme, place=asked.place.code),
        "today": today,
    }


def agreed(asked: Asked, action: Any, today: date) -> dict[str, Any]:
    return {
        "text": action.text,
        "url": links.action(asked.programme, action),
        "place": action.place.name if action.place else "",
        "owner": owner_of(action.owner, action.owner_text),
        "due_on": action.due_on,
        "is_overdue": bool(action.due_on and action.due_on < today),
    }


def owner_of(person: Person | None, words: str) -> str:
    return person.name if person else words


def open_needs(asked: Asked) -> list[dict[str, Any]]:
    """Open needs of the place, oldest first."""
    seen = scope_of(asked.person, P.SEE_NEEDS, programme=asked.programme)
    titles = names.items(asked.programme)
    found = resources.still_open(resources.needs_visible_to(seen.narrowed(asked.place.path, asked.place.path_to)))
    return [
        {"title": titles.get(one.item, names.plain(one.item)), "kind": names.kind(one.kind), "found_on": one.found_on,
         "url": links.page("need", asked.programme, one.pk), "place": one.place.name}
        for one in found
    ]  # fmt: skip
