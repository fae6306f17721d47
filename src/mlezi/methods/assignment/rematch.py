"""Matching again after something changed, without upsetting more pairs than needed.

Two ways: a bonus for staying (a move must gain at least so much), or a hard limit on moves. The limit is met by
finding the smallest bonus that keeps it; what this loses against the best answer within the limit is bounded by
the same prices (Lagrange), and the bound is reported.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .arrays import UNIT, Ints
from .objective import Stay
from .problem import Problem
from .result import Result
from .solve import solve


@dataclass(frozen=True)
class Limited:
    """`moved`: current pairs that ended though they could have stayed; `forced`: those that could not stay.

    `bound`: no answer within the limit is worth more, so `gap` is what may be missing, as a share.
    """

    result: Result
    moved: int
    forced: int
    bonus: int
    worth: int
    bound: int

    @property
    def gap(self) -> float:
        return (self.bound - self.worth) / max(1, self.bound)


def stay(problem: Problem, i: Ints, j: Ints, *, points: int) -> Problem:
    """The same round, in which the pairs (i[n], j[n]) that exist now get `points` for staying."""
    return replace(problem, objective=replace(problem.objective, stay=Stay(i, j, points)))


def within_moves(problem: Problem, i: Ints, j: Ints, *, most: int) -> Limited:
    """The best answer found in which at most `most` of the current pairs (i[n], j[n]) move, beside the forced ones.

    Raises `ValueError` when the pairs cannot all stay even if they should, so that no bonus keeps the limit.
    """
    low, high = -1, 2 * UNIT
    top = attempt(problem, i, j, high, most)
    if top.moved > most:
        raise ValueError(f"At least {top.moved} pairs have to move; a limit of {most} cannot be kept.")
    kept, bound = top, top.bound
    while high - low > 1:
        middle = (low + high) // 2
        trial = attempt(problem, i, j, middle, most, earlier=kept.result)
        bound = min(bound, trial.bound)
        if trial.moved <= most:
            high = middle
            kept = trial if trial.worth >= kept.worth else kept
        else:
            low = middle
    return replace(kept, bound=bound)


def attempt(problem: Problem, i: Ints, j: Ints, points: int, most: int, *, earlier: Result | None = None) -> Limited:
    """One bonus tried. Every answer that keeps the limit gets the bonus at least `could - most` times."""
    result = solve(stay(problem, i, j, points=points), earlier=earlier)
    could, m = can_stay(problem, i, j), problem.n_mentors
    held = int(np.isin(np.unique(i * m + j), result.i * m + result.j).sum())
    scale = problem.objective.scale
    worth = result.certificate.worth - scale * points * held
    bound = result.certificate.bound - scale * points * max(0, could - most)
    return Limited(result, could - held, len(i) - could, points, worth, bound)


def can_stay(problem: Problem, i: Ints, j: Ints) -> int:
    """How many of these pairs the rules and places still allow, mentor by mentor."""
    allowed = np.ones(len(i), dtype=np.bool_)
    for rule in problem.rules:
        allowed &= rule.allows(i)[np.arange(len(i)), j]
    return int(np.minimum(np.bincount(j[allowed], minlength=problem.n_mentors), problem.places).sum())
