"""The best assignment over all pairs, by pricing: solve on few pairs, look at all, add what was missing.

1. Every mentee's best pairs at the present prices become candidates. 2. The exact solver assigns on these and
finds prices. 3. One sweep over all pairs finds those that the prices say were missed, and proves an upper bound.
When nothing was missed, the answer is optimal over every pair, and the prices prove it. Column generation:
Gilmore and Gomory, 1961; for assignment, sparse solutions with pricing: Volgenant, 1996.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .arrays import Ints, exact_sum
from .candidates import Candidates
from .certificate import Certificate, best_sums, nth_best, place_earnings, versions
from .network import Network, Valuation, best_left
from .problem import Problem
from .result import Result
from .scoring import Scorer
from .sweep import Pairs, Sweep

ROUGH = 20
"""Steps of the first auction, in which only the order of magnitude of prices matters."""


@dataclass(frozen=True)
class Progress:
    """Where a run stands after a round. `worth` can be had now; `bound` is the most there can be."""

    round: int
    worth: int
    bound: int
    candidates: int
    missing: int

    @property
    def gap(self) -> float:
        return (self.bound - self.worth) / max(1, self.bound)


Exact = Callable[[Network, Ints, "Ints | None"], "tuple[Ints, Ints, Ints]"]
"""Given a network, prices and the arcs kept of an earlier answer (none: start afresh): (arcs taken, gain, price).
Two of them exist, to check each other."""


def solve(
    problem: Problem,
    *,
    earlier: Result | None = None,
    tolerance: float = 0.0,
    first: int = 16,
    more: int = 12,
    seed: int = 0,
    progress: Callable[[Progress], None] = lambda _: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    exact: Exact | None = None,
) -> Result:
    """The best assignment, or the best so far once the gap is within `tolerance` or `is_cancelled()`.

    `earlier`: the answer to nearly the same problem (same people in the same order); only saves time.
    `first`, `more`: candidates for each mentee at the start and in each round. `seed` is kept with the
    certificate: the solver itself draws no lots.
    """
    valuation = Valuation(problem, Scorer(problem))
    return Run(valuation, exact or own_solver).go(
        earlier=earlier, tolerance=tolerance, first=first, more=more, seed=seed, progress=progress,
        is_cancelled=is_cancelled,
    )  # fmt: skip


class Run:
    """One run of `solve`: what is known so far."""

    def __init__(self, valuation: Valuation, exact: Exact) -> None:
        self.valuation, self.exact = valuation, exact
        self.problem = valuation.problem
        self.sweep = Sweep(valuation)
        self.candidates = Candidates(valuation)
        self.price = np.zeros(valuation.sides.n, dtype=np.int64)
        self.bound: int | None = None

    def go(
        self, *, earlier: Result | None, tolerance: float, first: int, more: int, seed: int,
        progress: Callable[[Progress], None], is_cancelled: Callable[[], bool],
    ) -> Result:  # fmt: skip
        taken_keys = np.zeros(0, dtype=np.int64)
        if earlier is not None:
            self.candidates.add(Pairs(earlier.i, earlier.j))
            self.price = earlier.price.copy()
            taken_keys = earlier.i * self.candidates.m + earlier.j
        missing = self._look(np.zeros(self.problem.n_mentees, dtype=np.int64), first)
        if earlier is None and self.exact is own_solver:
            missing = self._guess(missing, first)
        n, n_missed = 0, self.problem.n_mentees if earlier is None else 0
        while True:
            n += 1
            self.candidates.add(missing)
            network, keys = self.candidates.network()
            # Lesson of many runs: when much is new, an auction from nothing is quicker than repairing.
            cold = n_missed > self.problem.n_mentees // 50
            kept = None if cold else np.flatnonzero(np.isin(keys, taken_keys, assume_unique=True))
            taken, gain, self.price = self.exact(network, self.price, kept)
            taken_keys = keys[taken]
            worth = value(network, taken)
            missing = self._look(gain, more)
            n_missed = len(np.unique(missing.i))
            bound = self._tighten(network, missing)
            progress(Progress(n, worth, bound, len(keys), len(missing.i)))
            if bound - worth <= tolerance * bound or not len(missing.i) or is_cancelled():
                pairs = Pairs(taken_keys // self.candidates.m, taken_keys % self.candidates.m)
                return self._result(pairs, worth=worth, bound=bound, seed=seed, rounds=n)

    def _guess(self, missing: Pairs, first: int) -> Pairs:
        """Rough prices from a quick auction, and what is best at them: the favourites of all are not for all."""
        from .auction import auction, suits  # noqa: PLC0415 - numba takes a second to load

        self.candidates.add(missing)
        network, _ = self.candidates.network()
        if not suits(network):
            return missing
        self.price = auction(network, steps=ROUGH)
        left = network.worth - self.price[network.columns]
        return self._look(best_left(left, network.starts), first)

    def _look(self, gain: Ints, most: int) -> Pairs:
        """What the candidates lack; who wants nobody is left alone, who wants several is shown more."""
        wants = self.problem.wants
        gain = np.where(wants > 0, gain, np.iinfo(np.int64).max)
        most += int(wants.max(initial=0)) - 1
        return self.sweep.look(self.candidates.known(), price=self.price, gain=gain, most=most)

    def _tighten(self, network: Network, missing: Pairs) -> int:
        """The bound at the present prices, over all pairs: candidates and what the sweep found beside them."""
        valuation = self.valuation
        left = network.worth - self.price[network.columns]
        beside = valuation.pairs(missing.i, missing.j) - self.price[valuation.columns(missing.i, missing.j)]
        rows = np.concatenate([network.rows(), missing.i])
        order = np.argsort(rows, kind="stable")
        left, rows = np.concatenate([left, beside])[order], rows[order]
        bound = best_sums(left, rows, self.problem.wants) + place_earnings(valuation.sides, self.price)
        if self.bound is None or bound <= self.bound:
            self.bound, self.proof, self.left = bound, self.price.copy(), (left, rows)
        return self.bound

    def _result(self, pairs: Pairs, *, worth: int, bound: int, seed: int, rounds: int) -> Result:
        proved_by = "shortest paths and prices over all pairs" if self.exact is own_solver else "network reference"
        certificate = Certificate(
            worth, bound, self.problem.objective.scale, tuple(self.proof.tolist()), self.problem.digest(), seed,
            proved_by, versions(),
        )  # fmt: skip
        score = self.valuation.scorer.pairs(pairs.i, pairs.j)
        gain = nth_best(*self.left, self.problem.wants)
        return Result(pairs.i, pairs.j, score, gain, self.proof, certificate, rounds)


def value(network: Network, taken: Ints) -> int:
    """What an assignment is worth: its arcs less the costs of the places used, cheapest first."""
    sides = network.sides
    used = np.bincount(network.columns[taken], minlength=sides.n)
    np.add.at(used, sides.parent[sides.parent >= 0], used[sides.parent >= 0])
    nth = np.arange(len(sides.costs)) - np.repeat(sides.starts[:-1], sides.places)
    return exact_sum(network.worth[taken]) - exact_sum(sides.costs[nth < np.repeat(used, sides.places)])


def own_solver(network: Network, price: Ints, kept: Ints | None) -> tuple[Ints, Ints, Ints]:
    """Shortest paths, after an auction where nothing is kept."""
    from .paths import solve as by_paths  # noqa: PLC0415 - numba takes a second to load

    optimum = by_paths(network, price=price, kept=kept)
    return optimum.taken, optimum.gain, optimum.price
