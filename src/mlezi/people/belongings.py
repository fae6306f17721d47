"""Which rows go along when two persons turn out to be one. Filled at start-up by `config/merging.py`."""

from __future__ import annotations

from collections.abc import Iterable

_MOVED: list[tuple[str, str]] = []


def fill(moved: Iterable[tuple[str, str]]) -> None:
    """Hand over the (model label, field) pairs of rows that people made themselves."""
    _MOVED[:] = list(moved)


def moved() -> tuple[tuple[str, str], ...]:
    return tuple(_MOVED)
