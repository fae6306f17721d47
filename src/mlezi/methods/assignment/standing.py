"""A round that stays ready for changes: when one mentor leaves, the best answer is mended in a moment.

Everything that an exact answer needs is kept: candidates, seats, gains, prices, and what the sweep remembers. Only the
mentees whose gain fell are looked at again, since prices rise when a mentor leaves and that helps no other pair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .arrays import Ints, exact_sum
from .candidates import Candidates
from .certificate import best_sums, place_earnings
from .network import Valuation
from .problem import Problem
from .result import Result
from .scoring import Scorer
from .solve import value
from .sweep import Pairs, Sweep

MARGIN = 50_000
"""Pairs that are this much short of a mentee's gain (millionths of a score) are kept at hand."""


@dataclass(frozen=True)
class Change:
    """`moved`: (mentee, mentor before, mentor now or -1). `lost`: worth given up. `is_proved`: worth = bound."""

    moved: tuple[tuple[int, int, int], ...]
    lost: int
    is_proved: bool


class Standing:
    """A solved round. `result` must be the optimal answer to `problem`, which has no cap on asked pairs."""

    def __init__(self, problem: Problem, result: Result) -> None:
        from .paths import Assignment  # noqa: PLC0415 - numba takes a second to load

        if problem.asked_cap is not None:
            raise ValueError("A standing round cannot have a cap on asked pairs; solve it again instead.")
        first = problem.objective.first(problem.wants, problem.places)
        self.problem = replace(problem, objective=replace(problem.objective, first_points=first))
        self.valuation = Valuation(self.problem, Scorer(self.problem))
        self.sweep, self.candidates = Sweep(self.valuation), Candidates(self.valuation)
        self.candidates.add(Pairs(result.i, result.j))
        gain = np.where(problem.wants > 0, result.gain, np.iinfo(np.int64).max)
        near = np.where(problem.wants > 0, result.gain - MARGIN * problem.objective.scale, gain)
        self._make = Assignment
        self._build(result.price, result.i * self.candidates.m + result.j)
        for wanted in (near, gain):  # the second look leaves ceilings that are low enough to skip most of the third
            self.candidates.add(
                self.sweep.look(self.candidates.known(), price=self.assignment.price, gain=wanted, most=24)
            )
        self._build(result.price, result.i * self.candidates.m + result.j)

    def _build(self, price: Ints, keys: Ints) -> None:
        self.known = self.candidates.known()
        network, self.keys = self.candidates.network()
        kept = np.searchsorted(self.keys, np.sort(keys))
        closed = self.problem.places == 0
        self.assignment = self._make(network, price=price, kept=kept)
        for j in np.flatnonzero(closed & (self.assignment.places > 0)):
            self.assignment.close(int(j))
        self.assignment.serve()
        self.assignment.fill()

    def mentor_leaves(self, j: int) -> Change:
        """Mentor j is gone: the best answer without them, and who moves."""
        before, worth = self.pairs(), self.worth()
        gain = self.assignment.gain.copy()
        places = self.problem.places.copy()
        places[j] = 0
        self.problem = replace(self.problem, places=places)
        self.assignment.close(j)
        self.assignment.serve()
        while True:
            worse = np.flatnonzero((self.assignment.gain < gain) & (self.problem.wants > 0))
            missing = self.sweep.look(
                self.known, price=self.assignment.price, gain=self.assignment.gain, most=24, only=worse
            )
            if not len(missing.i):
                break
            self.candidates.add(missing)
            self._build(self.assignment.price, self.keys[self.assignment.optimum().taken])
        now = self.worth()
        return Change(_moves(before, self.pairs()), worth - now, now == self._bound())

    def pairs(self) -> Pairs:
        keys = self.keys[self.assignment.seat >= 0]
        return Pairs(keys // self.candidates.m, keys % self.candidates.m)

    def worth(self) -> int:
        return value(self.assignment.network, np.flatnonzero(self.assignment.seat >= 0))

    def _bound(self) -> int:
        """The bound at the present prices; gains already say what every mentee can get over all pairs."""
        network, price = self.assignment.network, self.assignment.price
        # Places that are closed earn nothing, whatever their price.
        open_price = np.where(self.assignment.places > 0, price, 0)
        earned = place_earnings(network.sides, open_price)
        if network.wants.max(initial=0) <= 1:
            return exact_sum(self.assignment.gain[network.wants > 0]) + earned
        return best_sums(network.worth - price[network.columns], network.rows(), network.wants) + earned


def _moves(before: Pairs, now: Pairs) -> tuple[tuple[int, int, int], ...]:
    m = int(max(before.j.max(initial=0), now.j.max(initial=0))) + 1
    gone = np.setdiff1d(before.i * m + before.j, now.i * m + now.j, assume_unique=True)
    come = np.setdiff1d(now.i * m + now.j, before.i * m + before.j, assume_unique=True)
    new: dict[int, list[int]] = {}
    for key in come:
        new.setdefault(int(key // m), []).append(int(key % m))
    return tuple((int(k // m), int(k % m), (new.get(int(k // m)) or [-1]).pop(0)) for k in np.sort(gone))
