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
from .certificate import Certificate, best_sums, place_earnings, versions
from .network import Network, Valuation
from .problem import Problem
from .result import Result
from .scoring import Scorer, Sparse
from .sweep import NO_PAIRS, Pairs, Sweep


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


Exact = Callable[..., "tuple[Ints, Ints, Ints]"]
"""Given a network, prices and kept arcs: (arcs taken, gain, price). Two of them exist, to check each other."""


def solve(
    problem: Problem,
    *,
    earlier: Result | None = None,
    tolerance: float = 0.0,
    first: int = 24,
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
        listed = np.concatenate([_keys(part, self.problem) for part in (valuation.scorer.listed, valuation.extra)])
        keys = np.unique(listed)
        self.known = Pairs(keys // max(1, self.problem.n_mentors), keys % max(1, self.problem.n_mentors))
        self.price = np.zeros(valuation.sides.n, dtype=np.int64)
        self.bound: int | None = None

    def go(
        self, *, earlier: Result | None, tolerance: float, first: int, more: int, seed: int,
        progress: Callable[[Progress], None], is_cancelled: Callable[[], bool],
    ) -> Result:  # fmt: skip
        problem = self.problem
        pairs = NO_PAIRS
        if earlier is not None:
            pairs = Pairs(earlier.i, earlier.j)
            self.price = earlier.price.copy()
            self.known = self.known.joined(pairs, problem.n_mentors)
        gain = np.where(problem.wants > 0, 0, np.iinfo(np.int64).max)
        missing = self.sweep.look(
            self.known, price=self.price, gain=gain, most=first + int(problem.wants.max(initial=0))
        )
        n = 0
        while True:
            n += 1
            self.known = self.known.joined(missing, problem.n_mentors)
            network = self.valuation.network(self.known.i, self.known.j)
            taken, gain, self.price = self.exact(network, self.price, self._arcs(network, pairs))
            pairs = Pairs(network.rows()[taken], self.valuation.mentors(network.columns[taken]))
            worth = value(network, taken)
            gain = np.where(problem.wants > 0, gain, np.iinfo(np.int64).max)
            missing = self.sweep.look(
                self.known, price=self.price, gain=gain, most=more + int(problem.wants.max(initial=0))
            )
            self._tighten(network, missing)
            assert self.bound is not None
            progress(Progress(n, worth, self.bound, len(network.worth), len(missing.i)))
            if self.bound - worth <= tolerance * self.bound or not len(missing.i) or is_cancelled():
                return self._result(pairs, gain, worth, seed, n)

    def _arcs(self, network: Network, pairs: Pairs) -> Ints:
        """The arcs of the network that stand for these pairs."""
        keys = network.rows() * self.problem.n_mentors + self.valuation.mentors(network.columns)
        return np.flatnonzero(np.isin(keys, pairs.i * self.problem.n_mentors + pairs.j))

    def _tighten(self, network: Network, missing: Pairs) -> None:
        """The bound at the present prices, over all pairs: candidates and what the sweep found beside them."""
        valuation = self.valuation
        left = network.worth - self.price[network.columns]
        beside = valuation.pairs(missing.i, missing.j) - self.price[valuation.columns(missing.i, missing.j)]
        rows = np.concatenate([network.rows(), missing.i])
        order = np.argsort(rows, kind="stable")
        mentees = best_sums(np.concatenate([left, beside])[order], rows[order], self.problem.wants)
        bound = mentees + place_earnings(valuation.sides, self.price)
        self.bound = bound if self.bound is None else min(bound, self.bound)
        if bound == self.bound:
            self.proof = self.price.copy()

    def _result(self, pairs: Pairs, gain: Ints, worth: int, seed: int, rounds: int) -> Result:
        assert self.bound is not None
        proved_by = "shortest paths and prices over all pairs" if self.exact is own_solver else "network reference"
        certificate = Certificate(
            worth, self.bound, self.problem.objective.scale, tuple(self.proof.tolist()), self.problem.digest(), seed,
            proved_by, versions(),
        )  # fmt: skip
        score = self.valuation.scorer.pairs(pairs.i, pairs.j)
        gain = np.where(self.problem.wants > 0, gain, 0)
        return Result(pairs.i, pairs.j, score, gain, self.proof, certificate, rounds)


def value(network: Network, taken: Ints) -> int:
    """What an assignment is worth: its arcs less the costs of the places used, cheapest first."""
    sides = network.sides
    used = np.bincount(network.columns[taken], minlength=sides.n)
    np.add.at(used, sides.parent[sides.parent >= 0], used[sides.parent >= 0])
    nth = np.arange(len(sides.costs)) - np.repeat(sides.starts[:-1], sides.places)
    return exact_sum(network.worth[taken]) - exact_sum(sides.costs[nth < np.repeat(used, sides.places)])


def own_solver(network: Network, price: Ints, kept: Ints) -> tuple[Ints, Ints, Ints]:
    from .paths import solve as by_paths  # noqa: PLC0415 - numba takes a second to load

    optimum = by_paths(network, price=price, kept=kept)
    return optimum.taken, optimum.gain, optimum.price


def _keys(listed: Sparse, problem: Problem) -> Ints:
    mentees = np.repeat(np.arange(problem.n_mentees), np.diff(listed.starts))
    return mentees * problem.n_mentors + listed.mentors
