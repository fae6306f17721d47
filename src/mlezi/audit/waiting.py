"""Which events have reactions. Filled at start-up from `config/reactions.py`, which sees everyone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Reaction = Callable[[Sequence[Any]], None]
_REACTIONS: dict[str, tuple[Reaction, ...]] = {}


def fill(table: Mapping[str, Sequence[Reaction]]) -> None:
    """Hand over the table, once, at start-up."""
    _REACTIONS.clear()
    _REACTIONS.update({name: tuple(reactions) for name, reactions in table.items()})


def has_reactions(name: str) -> bool:
    return bool(_REACTIONS.get(name))


def reactions_to(name: str) -> tuple[Reaction, ...]:
    return _REACTIONS.get(name, ())
