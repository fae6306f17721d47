# ruff: noqa: PLR0917 - compiled loops take their arrays one by one
"""The innermost loops of the sweep: the score of every pair, a few hundred mentors at a time.

All points are whole numbers below 2^24, so float32 gives the exact sums in any order. See `pack` for the arrays.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import Ints, Reals
from .compiled import compiled, compiled_vector

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


@compiled_vector
def score_chunk(  # noqa: PLR0912 - one term after the other
    i: int, start: int, size: int, packed: tuple[Any, ...], site: Reals, at: int, into: Reals, both: Any
) -> None:
    """Points of mentee i with mentors start … start + size into `into`; `site` holds the wide tables' rows."""
    (_, base, direct, direct_rows, _, _, _, wide_rows, _, part_starts, part_of, part, levels,
     bit_rows, bit_cols, bit_unit, bit_most, bit_least) = packed  # fmt: skip
    for k in range(size):
        into[k] = base[i]
    for t in range(direct_rows.shape[0]):
        row = direct[direct_rows[t, i]]
        for k in range(size):
            into[k] += row[start + k]
    for t in range(wide_rows.shape[0]):
        row = site[t]
        for k in range(size):
            into[k] += row[at + k]
    for n in range(part_starts[i], part_starts[i + 1]):
        row = levels[part_of[n]]
        points = part[n]
        for k in range(size):
            into[k] += points * row[start + k]
    for t in range(bit_unit.shape[0]):
        low, high = bit_rows[t, 0, i], bit_rows[t, 1, i]
        cols = bit_cols[t, 0]
        for k in range(size):
            both[k] = np.int32(count_bits(low & cols[start + k]))
        if high:
            cols = bit_cols[t, 1]
            for k in range(size):
                both[k] += np.int32(count_bits(high & cols[start + k]))
        unit, most, least = bit_unit[t, i], bit_most[t, i], bit_least[t, i]
        for k in range(size):
            into[k] += unit * np.float32(min(both[k], most))
        if least > 0:
            for k in range(size):
                into[k] = into[k] if both[k] >= least else np.float32(-8e6)


@compiled
def keep(best: Any, mentor: Any, n: int, most: int, left: Any, j: int) -> tuple[int, float, int]:
    """Keep (left, j) among the `most` best; of equal ones the first mentors stay. Returns (n, what fell out)."""
    if n < most:
        best[n] = left
        mentor[n] = j
        return n + 1, NONE, -1
    worst = 0
    for k in range(1, most):
        if best[k] < best[worst] or (best[k] == best[worst] and mentor[k] > mentor[worst]):
            worst = k
    if left <= best[worst]:
        return n, left, j
    out, who = best[worst], mentor[worst]
    best[worst] = left
    mentor[worst] = j
    return n, out, who


@compiled_vector
def sweep_block(  # noqa: PLR0912 - one pass, told in order
    low: int, high: int, packed: tuple[Any, ...], known_starts: Ints, known: Ints, gain: Any, paid: Any, label: Ints,
    threshold: Any, ceiling: Any, found: Any, count: Ints,
) -> None:  # fmt: skip
    """Look at the mentees order[low:high] and every mentor; see `sweep.Sweep.look`.

    `ceiling` (mentees, tiles) is read (at most this much above its price) and written.
    """
    order, wide, wide_at, wide_width, wide_rows, wide_cols = (
        packed[0], packed[4], packed[5], packed[6], packed[7], packed[8]
    )  # fmt: skip
    m, most, n_rows = paid.shape[1], found.shape[1], high - low
    site = np.empty((wide_rows.shape[0], TILE), dtype=np.float32)
    points = np.empty(CHUNK, dtype=np.float32)
    both = np.empty(CHUNK, dtype=np.int32)
    left = np.empty(CHUNK, dtype=paid.dtype)
    best = np.empty((n_rows, most), dtype=paid.dtype)
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
            price = paid[label[i]]
            top = NONE
            for start in range(first, last, CHUNK):
                size = min(CHUNK, last - start)
                score_chunk(i, start, size, packed, site, start - first, points, both)
                while seen[r] < known_starts[i + 1] and known[seen[r]] < start + size:
                    points[known[seen[r]] - start] = -1
                    seen[r] += 1
                most_left = left[0] * 0 + NONE
                for k in range(size):
                    value = gain[i] * points[k] - price[start + k]
                    left[k] = value if points[k] >= 0 else NONE
                    most_left = max(most_left, left[k])
                if most_left <= threshold[i]:
                    top = max(top, most_left)
                    continue
                for k in range(size):
                    if left[k] <= threshold[i]:
                        top = max(top, left[k])
                        continue
                    count[i], out, who = keep(best[r], found[i], count[i], most, left[k], start + k)
                    if who >= first:
                        top = max(top, out)
                    elif who >= 0:
                        ceiling[i, who // TILE] = max(ceiling[i, who // TILE], out)
            ceiling[i, tile] = top
    for r in range(n_rows):
        i = order[low + r]
        found[i, : count[i]].sort()
