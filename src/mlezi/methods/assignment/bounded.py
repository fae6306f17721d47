"""Pairs that something else than the best total chose, under the bound that the best answer proves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .arrays import Ints, exact_sum
from .network import Valuation
from .problem import Problem
from .result import Result
from .scoring import Scorer


def under_the_bound(best: Result, problem: Problem, i: Ints, j: Ints, score: Ints) -> Result:
    """The pairs `i[n]`, `j[n]` as an answer to `problem`: what they are worth, beside the bound that `best` proves."""
    load = np.bincount(j, minlength=problem.n_mentors)
    starts, costs = problem.objective.place_costs(problem.places)
    nth = np.arange(len(costs)) - np.repeat(starts[:-1], problem.places)
    worth = exact_sum(Valuation(problem, Scorer(problem)).pairs(i, j))
    worth -= exact_sum(costs[nth < np.repeat(load, problem.places)])
    return replace(best, i=i, j=j, score=score, certificate=replace(best.certificate, worth=worth))
