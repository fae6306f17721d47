"""Who hears of every event in its own transaction. Filled at start-up from `config/apps.py`.

For what must never be behind the change it tells of, such as the version of kept answers. Whoever may
be a second late stands in `config/reactions.py` instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

Hear = Callable[[str, object], None]
HearMany = Callable[[Collection[Any]], None]
_HEARERS: list[tuple[Hear, HearMany]] = []


def fill(*hearers: tuple[Hear, HearMany]) -> None:
    """Hand over everybody, once, at start-up: what hears of one event, and of many written together."""
    _HEARERS[:] = hearers


def tell(name: str, subject: object) -> None:
    for hear, _ in _HEARERS:
        hear(name, subject)


def tell_many(events: Collection[Any]) -> None:
    for _, hear_many in _HEARERS:
        hear_many(events)
