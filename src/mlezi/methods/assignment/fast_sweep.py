"""The sweep over billions of pairs: terms packed for the processor, blocks of mentees side by side on the cores.

Between two looks it remembers, for each mentee and each tile of mentors, the most that any pair outside the
candidates could be worth above its price. When prices fell by less than would be needed, the tile is skipped;
that is exact, as prices can only help a pair by falling.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from .arrays import FORBIDDEN, Floats, Ints
from .network import Valuation
from .pack import Packed, pack
from .sweep import Pairs
from .tiles import TILE, sweep_block

ROWS = 512  # mentees in a block: their part of every array stays in the cache
FLOAT_EXACT = 2**22  # below this, sums and differences of whole numbers are exact in float32


class FastSweep:
    """See `sweep.Sweep.look`, whose answers these are."""

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        self.packed: Packed = pack(valuation.scorer)
        problem = valuation.problem
        self.n_tiles = -(-problem.n_mentors // TILE)
        self.ceiling = np.full((problem.n_mentees, self.n_tiles), np.inf)
        self.paid: Floats | None = None
        self.label, self.sharers = self._labels()
        self.workers = os.cpu_count() or 1

    def _labels(self) -> tuple[Ints, list[Ints]]:
        """What each mentee asked for as 0 (nothing), 1, 2 …, and which mentors have a part for each of these."""
        problem = self.valuation.problem
        cap = problem.asked_cap
        if cap is None:
            return np.zeros(problem.n_mentees, dtype=np.int64), []
        asked = np.unique(cap.wanted[cap.wanted >= 0])
        label = np.where(cap.wanted >= 0, 1 + np.searchsorted(asked, cap.wanted), 0)
        parts = self.valuation.sides.part_of
        return label, [np.flatnonzero((cap.labels == wish) & (parts >= 0)) for wish in asked]

    def _paid(self, price: Ints) -> Floats:
        """Prices of a place (labels, mentors) as the mentees of each label see them."""
        own = price[: self.valuation.problem.n_mentors].astype(np.float64)
        rows = np.repeat(own[None, :], 1 + len(self.sharers), axis=0)
        for n, mentors in enumerate(self.sharers):
            rows[n + 1, mentors] = price[self.valuation.sides.part_of[mentors]]
        return rows

    def look(
        self, known: Pairs, *, price: Ints, gain: Ints, most: int, only: Ints | None = None, least: Ints | None = None
    ) -> Pairs:
        problem = self.valuation.problem
        paid = self._paid(price)
        self._lower_ceilings(paid)
        wanted = gain < np.iinfo(np.int64).max
        threshold = np.where(wanted, gain - self.valuation.bonus, 0).astype(np.float64)
        threshold[~wanted] = np.inf
        number = self._number(paid, threshold[wanted])
        order = self.packed.order if only is None else self._in_order(only)
        lowest = np.zeros(problem.n_mentors) if least is None else np.minimum(least, 1e30)
        found = np.empty((problem.n_mentees, most), dtype=np.int32)
        count = np.zeros(problem.n_mentees, dtype=np.int64)
        arguments = (
            (order, *self.packed.arrays()[1:]), known.starts(problem.n_mentees), known.j,
            np.minimum(self.valuation.gain.astype(number), number(1e15)), paid.astype(number), self.label,
            lowest.astype(np.float32), np.minimum(threshold, 1e30).astype(number), self.ceiling, found, count,
        )  # fmt: skip
        blocks = range(0, len(order), ROWS)
        with ThreadPoolExecutor(self.workers) as pool:
            for _ in pool.map(lambda low: sweep_block(low, min(low + ROWS, len(order)), *arguments), blocks):
                pass
        inside = np.arange(most)[None, :] < count[:, None]
        return Pairs(np.repeat(np.arange(problem.n_mentees), count), found[inside].astype(np.int64))

    def _in_order(self, only: Ints) -> Ints:
        """Neighbours side by side, as for everybody: they share rows of the large tables."""
        asked = np.zeros(len(self.ceiling), dtype=np.bool_)
        asked[only] = True
        return self.packed.order[asked[self.packed.order]]

    def _number(self, paid: Floats, threshold: Floats) -> type[np.float32] | type[np.float64]:
        """float32 where every whole number that can occur is exact in it, else float64."""
        largest = max(np.abs(paid).max(initial=0), np.abs(threshold).max(initial=0))
        small = largest < FLOAT_EXACT and self.valuation.gain.max(initial=1) == 1
        return np.float32 if small else np.float64

    def _lower_ceilings(self, paid: Floats) -> None:
        """What a tile could offer at most rises by the largest fall of a price in it."""
        if self.paid is not None:
            fall = np.full((len(paid), self.n_tiles * TILE), -np.inf)
            fall[:, : paid.shape[1]] = self.paid - paid
            most = fall.reshape(len(paid), self.n_tiles, TILE).max(axis=2)
            self.ceiling += most[self.label]
        self.paid = paid


assert FORBIDDEN < -FLOAT_EXACT
