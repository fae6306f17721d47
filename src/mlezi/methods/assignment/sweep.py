"""One look at every pair: which pairs, not yet candidates, would improve the answer at these prices?

If there are none, the answer is optimal over all pairs, although only few of them were ever kept in memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import NEVER, Ints
from .compiled import is_fast
from .network import Valuation

BLOCK = 4_000_000  # pairs at a time in plain NumPy: about 32 MB for each array of them
SMALL = 200_000  # below so many pairs, compiling would take longer than looking


@dataclass(frozen=True)
class Pairs:
    """Pairs of mentee i[n] and mentor j[n], sorted by i, then j."""

    i: Ints
    j: Ints

    def starts(self, n_mentees: int) -> Ints:
        return np.searchsorted(self.i, np.arange(n_mentees + 1)).astype(np.int64)


NO_PAIRS = Pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


class Sweep:
    """Looks at all pairs of a valuation, as often as asked."""

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        problem = valuation.problem
        self.fast = None
        if is_fast() and problem.n_mentees * problem.n_mentors > SMALL:
            from .fast_sweep import FastSweep  # noqa: PLC0415 - numba takes a second to load

            self.fast = FastSweep(valuation)

    def look(
        self, known: Pairs, *, price: Ints, gain: Ints, most: int, only: Ints | None = None, least: Ints | None = None
    ) -> Pairs:
        """The best `most` pairs of each mentee outside `known` whose worth exceeds price + `gain[i]`.

        Equal ones are taken in the order of mentors. `price` (columns,), `gain` (mentees,). `only` these mentees.
        `least` (mentors,): pairs scoring less do not count, now nor later, so it may only rise from look to look.
        """
        if self.fast is not None:
            return self.fast.look(known, price=price, gain=gain, most=most, only=only, least=least)
        problem = self.valuation.problem
        if only is not None:
            gain = np.where(np.isin(np.arange(problem.n_mentees), only), gain, np.iinfo(np.int64).max)
        starts = known.starts(problem.n_mentees)
        size = max(1, BLOCK // max(1, problem.n_mentors))
        found = [NO_PAIRS]
        for first in range(0, problem.n_mentees, size):
            rows = np.arange(first, min(first + size, problem.n_mentees))
            worth = self.valuation.between(rows)
            inside = slice(starts[first], starts[rows[-1] + 1])
            worth[known.i[inside] - first, known.j[inside]] = NEVER
            if least is not None:
                worth[self.valuation.scorer.between(rows) < least] = NEVER
            found.append(best_of(rows, worth, self.paid(rows, price), gain[rows], most))
        return Pairs(np.concatenate([part.i for part in found]), np.concatenate([part.j for part in found]))

    def paid(self, rows: Ints, price: Ints) -> Ints:
        """The price of a place for each of these mentees with every mentor."""
        problem = self.valuation.problem
        if problem.asked_cap is None:
            return np.broadcast_to(price[None, :], (len(rows), problem.n_mentors))
        i = np.repeat(rows, problem.n_mentors)
        j = np.tile(np.arange(problem.n_mentors), len(rows))
        return price[self.valuation.columns(i, j)].reshape(len(rows), -1)


def best_of(rows: Ints, worth: Ints, paid: Ints, gain: Ints, most: int) -> Pairs:
    left = np.where(worth < 0, NEVER, worth - paid)
    better = left > gain[:, None]
    if not better.any():
        return NO_PAIRS
    order = np.argsort(-np.where(better, left, NEVER), axis=1, kind="stable")[:, :most]
    place = np.repeat(np.arange(len(rows)), order.shape[1])
    j = order.ravel()
    good = better[place, j]
    place, j = place[good], j[good]
    sort = np.lexsort((j, place))
    return Pairs(rows[place[sort]], j[sort].astype(np.int64))
