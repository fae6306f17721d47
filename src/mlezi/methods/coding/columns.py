"""The counts of `counting`, from columns of numbers: a hundred thousand codings without a loop over them.

Themes, units and texts are places in lists of the caller's. What is on which side is kept as bits, and *both* counts
on either side too. `counting` says what the counts mean; a test holds these to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.uint8]]
BITS = {"helps": 1, "hinders": 2, "both": 4, "neither": 8, "": 16}
SAID = {**BITS, "both": 7}  # the bits of a coding of that valence


def table(rows: Sequence[Sequence[int]], width: int) -> Numbers:
    """Rows as columns that can be counted; with none there are still `width` columns."""
    return np.array(rows, dtype=np.int64).reshape(-1, width)


def packed(rows: Numbers) -> bytes:
    """Rows as bytes, four to a number."""
    return rows.astype("<u4").tobytes()


def unpacked(runs: Sequence[bytes], width: int) -> tuple[Numbers, Numbers]:
    """The rows of many such runs, and how many each had."""
    counts = np.array([len(run) // (4 * width) for run in runs], dtype=np.int64)
    return np.frombuffer(b"".join(runs), dtype="<u4").astype(np.int64).reshape(-1, width), counts


def presence(units: Numbers, themes: Numbers, sides: Numbers, n_units: int, n_themes: int) -> Flags:
    """A row a unit, a column a theme: on which sides the unit has it; 0 where it has not."""
    found = np.zeros(n_units * n_themes, dtype=np.uint8)
    at, said = units * n_themes + themes, sides.astype(np.uint8)
    for bit in BITS.values():
        found[at[(said & bit) > 0]] |= np.uint8(bit)
    return found.reshape(n_units, n_themes)


def lifted(had: Flags, under: Sequence[Sequence[int]]) -> Flags:
    """The same with each theme had by whoever has one under it; `under` gives a theme's own place too."""
    found = np.zeros((len(had), len(under)), dtype=np.uint8)
    for theme, places in enumerate(under):
        np.bitwise_or.reduce(had[:, list(places)], axis=1, out=found[:, theme])
    return found


def by_side(had: Flags) -> dict[str, int]:
    """Of one theme's column how many units are on each side; sides without any are left out."""
    return {side: n for side, bit in BITS.items() if (n := int(np.count_nonzero(had & bit)))}


def in_order(spans: Numbers) -> Numbers:
    """Rows of text, start, end, … from the front of each text to its end."""
    if not len(spans):
        return spans
    wide = int(spans[:, 2].max()) + 1
    if (int(spans[:, 0].max()) + 1) * wide**2 > np.iinfo(np.int64).max:
        return spans[np.lexsort((spans[:, 2], spans[:, 1], spans[:, 0]))]
    return spans[np.argsort((spans[:, 0] * wide + spans[:, 1]) * wide + spans[:, 2], kind="stable")]


def stretches(spans: Numbers) -> int:
    """How many stretches that do not overlap they make, of rows that stand in order."""
    return _apart(*_on_one_line(spans))


def by_theme(spans: Numbers, under: Sequence[Sequence[int]]) -> list[tuple[int, dict[str, int]]]:
    """For each theme the stretches it and those under it make, and those of each side; rows of text, start, end,
    theme, sides in order."""
    starts, ends = _on_one_line(spans)
    themes, sides = spans[:, 3].astype(np.intp), spans[:, 4].astype(np.uint8)
    found = []
    for places in under:
        wanted = np.zeros(len(under), dtype=bool)
        wanted[list(places)] = True
        at = np.flatnonzero(wanted[themes])
        start, end, said = starts[at], ends[at], sides[at]
        each = {side: _apart(start[on], end[on]) for side, bit in BITS.items() if (on := (said & bit) > 0).any()}
        found.append((_apart(start, end), each))
    return found


def _on_one_line(spans: Numbers) -> tuple[Numbers, Numbers]:
    """Starts and ends as if the texts stood one behind the other."""
    wide = int(spans[:, 2].max()) + 1 if len(spans) else 1
    return spans[:, 0] * wide + spans[:, 1], spans[:, 0] * wide + spans[:, 2]


def _apart(starts: Numbers, ends: Numbers) -> int:
    if not len(starts):
        return 0
    reached = np.maximum.accumulate(ends)
    same = (starts[1:] == starts[:-1]) & (ends[1:] == ends[:-1])
    return 1 + int(np.count_nonzero((starts[1:] >= reached[:-1]) & ~same))


def in_common(had: Flags) -> Numbers:
    """For each two themes how many units have both."""
    held = np.packbits(had.T > 0, axis=1)  # eight units a byte: a product of matrices would wake every processor
    found = np.zeros((len(held), len(held)), dtype=np.int64)
    for n, one in enumerate(held):
        found[n] = np.bitwise_count(held & one).sum(axis=1)
    return found


def overlapping(spans: Numbers, n_themes: int) -> Numbers:
    """For each two themes how many times codings of them share words, of rows (text, start, end, theme) in order."""
    found = np.zeros((n_themes, n_themes), dtype=np.int64)
    if not len(spans):
        return found
    starts, ends = _on_one_line(spans)
    stop = np.searchsorted(starts, ends, side="left")  # the first that begins behind this one
    at, step = np.arange(len(spans)), 1
    while len(at := at[at + step < stop[at]]):
        np.add.at(found, (spans[at, 3], spans[at + step, 3]), 1)
        step += 1
    found += found.T
    np.fill_diagonal(found, 0)
    return found
