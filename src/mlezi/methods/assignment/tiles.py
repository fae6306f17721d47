# ruff: noqa: PLR0917 - compiled loops take their arrays one by one
"""The innermost loops of the sweep: the score of every pair, a few hundred mentors at a time.

All points are whole numbers below 2^24, so float32 gives the exact sums in any order. See `pack` for the arrays.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import Ints, Reals
from .compiled import compiled, compiled_inline, compiled_vector

TILE = 2048  # mentors whose levels fit the second cache together
CHUNK = 256  # mentors whose points fit the first cache
NONE = -1e30


@compiled_vector
def count_bits(x: Any) -> Any:
    """Set bits of a 32-bit mask; compilers know this form and use the processor's own count."""
    x = x - ((x >> np.uint32(1)) & np.uint32(0x55555555))
    x = (x & np.uint32(0x33333333)) + ((x >> np.uint32(2)) & np.uint32(0x33333333))
    x = (x + (x >> np.uint32(4))) & np.uint32(0x0F0F0F0F)
    return np.uint32(x * np.uint32(0x01010101)) >> np.uint32(24)


@compiled_inline
def score_chunk(  # noqa: PLR0912 - one term after the other
    i: int, start: Any, size: Any, base: Reals, direct: Reals, direct_rows: Ints, site: Reals, at: Any,
    part_starts: Ints, part_of: Ints, part: Reals, levels: Reals, bit_rows: Any, bit_cols: Any, bit_unit: Reals,
    bit_most: Any, bit_least: Any, into: Reals, both: Any,
) -> None:  # fmt: skip
    """Points of mentee i with mentors start … start + size into `into`; `site` holds the wide tables' rows.

    `start`, `size`, `at` are unsigned: signed ones could count from the end, and checking that would cost
    ten times the additions.
    """
    for k in range(size):
        into[k] = base[i]
    for t in range(direct_rows.shape[0]):
        row = direct_rows[t, i]
        for k in range(size):
            into[k] += direct[row, start + k]
    for t in range(site.shape[0]):
        for k in range(size):
            into[k] += site[t, at + k]
    for n in range(part_starts[i], part_starts[i + 1]):
        level = part_of[n]
        points = part[n]
        for k in range(size):
            into[k] += points * levels[level, start + k]
    for t in range(bit_unit.shape[0]):
        low, high = bit_rows[t, 0, i], bit_rows[t, 1, i]
        for k in range(size):
            both[k] = np.int32(count_bits(low & bit_cols[t, 0, start + k]))
        if high:
            for k in range(size):
                both[k] += np.int32(count_bits(high & bit_cols[t, 1, start + k]))
        unit, most, least = bit_unit[t, i], bit_most[t, i], bit_least[t, i]
        if least > 0:
            for k in range(size):
                if both[k] < least:
                    into[k] = np.float32(-8e6)
        if unit > 0:
            for k in range(size):
                into[k] += unit * np.float32(min(both[k], most))


@compiled
def worst_of(best: Any, mentor: Any) -> int:
    """Where the lowest value is; of equal ones the last mentor, since the first ones stay."""
    worst = 0
    for k in range(1, len(best)):
        if best[k] < best[worst] or (best[k] == best[worst] and mentor[k] > mentor[worst]):
            worst = k
    return worst


@compiled_vector
def sweep_block(  # noqa: PLR0912, PLR0915 - one pass, told in order
    low: int, high: int, packed: tuple[Any, ...], known_starts: Ints, known: Ints, gain: Any, paid: Any, label: Ints,
    least: Any, threshold: Any, ceiling: Any, found: Any, count: Ints,
) -> None:  # fmt: skip
    """Look at the mentees order[low:high] and every mentor; see `sweep.Sweep.look`.

    `least` (mentors,): points below this do not count. `ceiling` (mentees, tiles) is read (at most this much above
    its price) and written.
    """
    (order, base, direct, direct_rows, wide, wide_at, wide_width, wide_rows, wide_cols, part_starts, part_of, part,
     levels, bit_rows, bit_cols, bit_unit, bit_most, bit_least) = packed  # fmt: skip
    m, most, n_rows = paid.shape[1], found.shape[1], high - low
    site = np.empty((wide_rows.shape[0], TILE), dtype=np.float32)
    points = np.empty(CHUNK, dtype=np.float32)
    both = np.empty(CHUNK, dtype=np.int32)
    left = np.empty(CHUNK, dtype=paid.dtype)
    best = np.empty((n_rows, most), dtype=paid.dtype)
    bar = threshold[order[low:high]]
    worst = np.zeros(n_rows, dtype=np.int64)
    seen = known_starts[order[low:high]]
    kind = np.empty(wide_rows.shape[0], dtype=np.int64)
    for tile in range(ceiling.shape[1]):
        first, last = tile * TILE, min((tile + 1) * TILE, m)
        kind[:] = -1
        for r in range(n_rows):
            i = order[low + r]
            if ceiling[i, tile] <= threshold[i]:
                while seen[r] < known_starts[i + 1] and known[seen[r]] < last:
                    seen[r] += 1
                continue
            for t in range(wide_rows.shape[0]):
                if kind[t] != wide_rows[t, i]:
                    kind[t] = wide_rows[t, i]
                    at = wide_at[t] + kind[t] * wide_width[t]
                    for j in range(first, last):
                        site[t, j - first] = wide[at + wide_cols[t, j]]
            mine = label[i]
            top = NONE
            for start in range(first, last, CHUNK):
                size = min(CHUNK, last - start)
                begin, width = np.uint64(start), np.uint64(size)
                score_chunk(
                    i, begin, width, base, direct, direct_rows, site, np.uint64(start - first), part_starts, part_of,
                    part, levels, bit_rows, bit_cols, bit_unit, bit_most, bit_least, points, both,
                )  # fmt: skip
                while seen[r] < known_starts[i + 1] and known[seen[r]] < start + size:
                    points[known[seen[r]] - start] = -1
                    seen[r] += 1
                most_left = left[0] * 0 + NONE
                for k in range(width):
                    value = gain[i] * points[k] - paid[mine, begin + k]
                    left[k] = value if points[k] >= least[begin + k] else NONE
                    most_left = max(most_left, left[k])
                if most_left <= bar[r]:
                    top = max(top, most_left)
                    continue
                for k in range(size):
                    if left[k] <= bar[r]:
                        top = max(top, left[k])
                        continue
                    place = count[i]
                    if place < most:
                        count[i] += 1
                    else:  # somebody falls out, and is then the most that a tile has beside the candidates
                        place = worst[r]
                        if found[i, place] >= first:
                            top = max(top, best[r, place])
                        else:
                            other = found[i, place] // TILE
                            ceiling[i, other] = max(ceiling[i, other], best[r, place])
                    best[r, place] = left[k]
                    found[i, place] = start + k
                    if count[i] == most:
                        worst[r] = worst_of(best[r], found[i])
                        bar[r] = best[r, worst[r]]
            ceiling[i, tile] = top
    for r in range(n_rows):
        i = order[low + r]
        found[i, : count[i]].sort()
