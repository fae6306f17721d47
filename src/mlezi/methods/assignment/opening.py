"""Groups that open only with enough people: every mentor has either nobody or at least `least` mentees.

This is no longer a flow, so HiGHS solves it as a mixed-integer program and proves how good the answer is. Only pairs
that can matter are given to it: at the prices of the round without the demand, a pair whose use would cost more than
the whole gap between that optimum and a group plan in hand cannot be part of a better plan (reduced-cost fixing,
Dantzig, Fulkerson and Johnson, 1954). So the bound holds over all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .arrays import NEVER, Ints
from .network import Valuation
from .problem import Problem
from .result import Result
from .scoring import Scorer
from .solve import solve
from .sweep import Pairs, Sweep


@dataclass(frozen=True)
class Groups:
    """Pairs `i[n]`, `j[n]` with `score`; `opened` (mentors who have a group); `worth` and the proven `bound`."""

    i: Ints
    j: Ints
    score: Ints
    opened: Ints
    worth: int
    bound: int

    @property
    def gap(self) -> float:
        """The share that may be missing, proved over all pairs; 0.0 when the plan is optimal."""
        return max(0, self.bound - self.worth) / max(1, self.bound)


def with_least(
    problem: Problem, least: Ints, *, tolerance: float = 1e-6, nodes: int = 2000, most: int = 400_000
) -> Groups:
    """The best plan in which mentor j has nobody or at least `least[j]` mentees. `wants` and `places` hold as ever.

    `tolerance`: the gap at which HiGHS may stop; `nodes`: how far it searches (a count, not a time, so that the same
    input gives the same answer); `most`: pairs at most, beyond which the bound of the round without groups is given.
    Even load and caps on asked pairs are not combined with groups: `ValueError`.
    """
    if problem.objective.even_load or problem.asked_cap:
        raise ValueError("Groups with a least size cannot be combined with even load or a cap on asked pairs.")
    start = solve(problem)
    valuation = Valuation(problem, Scorer(problem))
    plan, worth = first_plan(problem, start, least)
    room = start.certificate.bound - worth
    pairs, is_whole = pairs_within(valuation, start, plan, room, most)
    found = mixed(valuation, pairs, least, tolerance, nodes)
    bound = start.certificate.bound if not is_whole else min(start.certificate.bound, max(found[2], worth))
    if found[1] < worth:
        found = (plan, worth, found[2])
    chosen, worth, _ = found
    score = valuation.scorer.pairs(chosen.i, chosen.j)
    return Groups(chosen.i, chosen.j, score, np.unique(chosen.j), worth, bound)


def first_plan(problem: Problem, start: Result, least: Ints) -> tuple[Pairs, int]:
    """A plan to begin with: close the groups that are too small, one after the other, and match again."""
    places, result = problem.places.copy(), start
    while True:
        load = np.bincount(result.j, minlength=problem.n_mentors)
        small = np.flatnonzero((load > 0) & (load < least))
        if not len(small):
            # Worth by the round's own measure: `served_first` counts the same whatever is closed.
            valuation = Valuation(problem, Scorer(problem))
            return Pairs(result.i, result.j), int(valuation.pairs(result.i, result.j).sum())
        places[small[np.argmin(load[small] - least[small])]] = 0
        result = solve(replace(problem, places=places), earlier=result)


def pairs_within(valuation: Valuation, start: Result, plan: Pairs, room: int, most: int) -> tuple[Pairs, bool]:
    """All pairs with worth > price + gain - room, and whether these are all that can matter (not more than `most`)."""
    problem = valuation.problem
    each = max(1, most // max(1, problem.n_mentees))
    each = min(each, problem.n_mentors)
    keys = np.unique(np.concatenate([plan.i * problem.n_mentors + plan.j, start.i * problem.n_mentors + start.j]))
    known = Pairs(keys // max(1, problem.n_mentors), keys % max(1, problem.n_mentors))
    sweep = Sweep(valuation)
    gain = np.where(problem.wants > 0, start.gain - room - 1, np.iinfo(np.int64).max)
    found = sweep.look(known, price=start.price, gain=gain, most=each)
    is_whole = bool((np.bincount(found.i, minlength=problem.n_mentees) < each).all()) or each == problem.n_mentors
    keys = np.unique(np.concatenate([keys, found.i * problem.n_mentors + found.j]))
    return Pairs(keys // max(1, problem.n_mentors), keys % max(1, problem.n_mentors)), is_whole


def mixed(valuation: Valuation, pairs: Pairs, least: Ints, tolerance: float, nodes: int) -> tuple[Pairs, int, int]:
    """The program on these pairs: (pairs taken, their worth, HiGHS's bound, to its tolerance of 1e-6)."""
    from scipy import optimize, sparse  # noqa: PLC0415 - slow to load

    problem = valuation.problem
    worth = valuation.pairs(pairs.i, pairs.j)
    good = worth != NEVER
    i, j, worth = pairs.i[good], pairs.j[good], worth[good]
    n, m, size = problem.n_mentees, problem.n_mentors, len(i)
    unit = max(1, int(worth.max(initial=1)))
    ones, arcs = np.ones(size), np.arange(size)
    by_mentee = sparse.csr_array((ones, (i, arcs)), shape=(n, size + m))
    load = sparse.csr_array((ones, (j, arcs)), shape=(m, size + m))
    # A pair needs its group open: this follows for whole plans, and makes the bound of halves much better.
    link = sparse.csr_array((ones, (arcs, arcs)), shape=(size, size + m)) - sparse.csr_array(
        (ones, (arcs, size + j)), shape=(size, size + m)
    )
    answer = optimize.milp(
        np.concatenate([-worth / unit, np.zeros(m)]),
        constraints=[
            optimize.LinearConstraint(by_mentee, -np.inf, problem.wants),
            optimize.LinearConstraint(load - _diagonal(problem.places, size), -np.inf, 0),
            optimize.LinearConstraint(load - _diagonal(np.minimum(least, problem.places + 1), size), 0, np.inf),
            optimize.LinearConstraint(link, -np.inf, 0),
        ],
        integrality=np.concatenate([np.zeros(size), np.ones(m)]),
        bounds=optimize.Bounds(0, np.concatenate([ones, (problem.places >= least).astype(float)])),
        options={"mip_rel_gap": tolerance, "node_limit": nodes},
    )
    nothing = Pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    dual = getattr(answer, "mip_dual_bound", None)
    bound = int(worth.clip(0).sum()) if dual is None else int(np.floor(-dual * unit + 0.5))
    if answer.x is None:
        return nothing, -1, bound
    taken = answer.x[:size] > 0.5
    return Pairs(i[taken], j[taken]), int(worth[taken].sum()), bound


def _diagonal(values: Ints, size: int) -> Any:
    """A row for each mentor with a value in the column of its group, after `size` columns of pairs."""
    from scipy import sparse  # noqa: PLC0415 - slow to load

    m = len(values)
    return sparse.csr_array((values.astype(np.float64), (np.arange(m), size + np.arange(m))), shape=(m, size + m))
