"""What one more place at each mentor would be worth: a list for recruiting, and for asking who could take one more.

The least price that still proves the optimum is exactly what one more place adds; the greatest is what one place
fewer would cost. Both hold over all pairs: pairs that matter at these prices are looked for until none is left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import UNIT, Ints
from .candidates import Candidates
from .network import Network, Valuation
from .problem import Problem
from .residual import FAR, arcs, flows, from_outside, to_outside
from .result import Result
from .scoring import Scorer
from .sweep import Pairs, Sweep


@dataclass(frozen=True)
class PlaceValues:
    """(mentors,) in millionths of a score times `scale`: `more` for one more place, `fewer` for one place less.

    With `served_first`, `first` is the part that stands for serving one more mentee; else 0.
    """

    more: Ints
    fewer: Ints
    scale: int
    first: int

    def describe(self, j: int) -> str:
        served, quality = self.parts(int(self.more[j]))
        if served:
            return f"one more mentee served, {quality:+.2f} quality"
        return f"{quality:+.2f} quality" if quality else "nothing: there are places left"

    def recruiting(self) -> list[int]:
        """Mentors whose further place would help, the most useful first."""
        order = np.argsort(-self.more, kind="stable")
        return [int(j) for j in order if self.more[j] > 0]

    def parts(self, value: int) -> tuple[int, float]:
        """A value as mentees more served, and quality in perfect pairs."""
        served = round(value / self.first) if self.first else 0
        return served, (value - served * self.first) / (UNIT * self.scale)


def place_values(problem: Problem, result: Result) -> PlaceValues:
    """What a place more or fewer is worth at each mentor. `result` must be optimal.

    Raises `ValueError` for an answer that was not proved optimal.
    """
    if not result.certificate.is_optimal:
        raise ValueError("Only an optimal answer tells what a place is worth; solve to the end first.")
    valuation = Valuation(problem, Scorer(problem))
    market = Market(valuation, result)
    first = problem.objective.first(problem.wants, problem.places) if problem.objective.served_first else 0
    least, most = market.settle(least=True), market.settle(least=False)
    own = slice(0, problem.n_mentors)
    next_cost = cost_of_place(problem, problem.places)
    fewer = np.where(problem.places > 0, np.maximum(0, most[own] - cost_of_place(problem, problem.places - 1)), 0)
    return PlaceValues(np.maximum(0, least[own] - next_cost), fewer, problem.objective.scale, first)


class Market:
    """An optimal assignment with the pairs that are known to matter."""

    def __init__(self, valuation: Valuation, result: Result) -> None:
        self.valuation, self.result = valuation, result
        self.sweep = Sweep(valuation)
        self.candidates = Candidates(valuation)
        self.candidates.add(Pairs(result.i, result.j))

    def settle(self, *, least: bool) -> Ints:
        """The least or greatest prices (columns,) that prove the assignment over all pairs."""
        while True:
            network, keys = self.candidates.network()
            taken = np.flatnonzero(np.isin(keys, self.result.i * self.candidates.m + self.result.j))
            price, gain = self._prices(network, taken, least)
            gain = np.where(network.wants > 0, gain, np.iinfo(np.int64).max)
            missing = self.sweep.look(self.candidates.known(), price=price, gain=gain, most=24)
            if not len(missing.i):
                return price
            self.candidates.add(missing)

    def _prices(self, network: Network, taken: Ints, least: bool) -> tuple[Ints, Ints]:
        n, sides = network.n_rows, network.sides
        graph, used = arcs(network), flows(network, taken)
        far = -from_outside(graph, used, n + sides.n) if least else to_outside(graph, used, n + sides.n)
        never = int(network.worth.max(initial=0)) + int(sides.costs.max(initial=0))
        # A mentor whom no known pair leads to adds nothing; one without a place cannot lose one.
        price = np.where(np.abs(far[n:-1]) >= FAR // 2, 0 if least else never, np.maximum(0, far[n:-1]))
        gain = np.where(np.abs(far[:n]) >= FAR // 2, 0, np.maximum(0, -far[:n]))
        return price, gain


def cost_of_place(problem: Problem, nth: Ints) -> Ints:
    """What the place number `nth` (mentors,), counted from 0, would cost at each mentor."""
    even = problem.objective.even_load
    if even is None:
        return np.zeros(problem.n_mentors, dtype=np.int64)
    already = even.already if even.already is not None else 0
    return problem.objective.scale * even.points * (nth + already)
