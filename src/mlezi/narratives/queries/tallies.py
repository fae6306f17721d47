"""How many said each theme, and how many of them that it helps or hinders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlezi.methods.coding import columns
from mlezi.methods.coding.counting import Base
from mlezi.narratives.queries.results import Material


@dataclass(frozen=True)
class Tally:
    """`n` with the theme or one under it, and of them how many on each side; *both* counts on either side too."""

    n: int
    sides: dict[str, int]


def tallies(material: Material, base: Base, *, among: Sequence[Any] | None = None) -> dict[Any, Tally]:
    """Of each theme that anybody has, by its key; `among` keeps to some of the texts."""
    grid = material.grid
    if base == "mentions":
        return _mentions(material, among)
    had = columns.lifted(grid.had(base, among), grid.under)
    counts = np.count_nonzero(had, axis=0).tolist()
    return {
        code: Tally(n, columns.by_side(had[:, place]))
        for place, (code, n) in enumerate(zip(grid.codes.tolist(), counts, strict=True)) if n
    }  # fmt: skip


def _mentions(material: Material, among: Sequence[Any] | None) -> dict[Any, Tally]:
    grid = material.grid
    counts = columns.by_theme(grid.stretches(among), grid.under)
    return {code: Tally(n, sides) for code, (n, sides) in zip(grid.codes.tolist(), counts, strict=True) if n}


def together(material: Material, base: Base) -> dict[tuple[Any, Any], int]:
    """For each two themes, how many participants, texts or places in the words have both."""
    grid = material.grid
    if base == "mentions":
        counts = columns.overlapping(grid.spans, len(grid.codes))
    else:
        counts = columns.in_common(grid.had(base))
    firsts, seconds = np.nonzero(np.triu(counts, 1))
    codes = grid.codes.tolist()
    return {(codes[a], codes[b]): int(counts[a, b]) for a, b in zip(firsts.tolist(), seconds.tolist(), strict=True)}
