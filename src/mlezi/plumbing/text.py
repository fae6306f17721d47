"""Text that came from outside, made safe to keep."""

from __future__ import annotations

from collections.abc import Mapping


def storable(text: str) -> str:
    """The same text without what a database refuses: NUL and halves of characters."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")


def storable_values(values: Mapping[str, str]) -> dict[str, str]:
    return {storable(name): storable(value) for name, value in values.items()}


def words_asked(text: str, most: int = 12) -> list[str]:
    """The words of a search box: a database refuses deeper questions, and PostgreSQL the character zero."""
    return text.replace("\0", " ").split()[:most]
