"""Groups open with enough people or not at all, and the gap that is reported is true."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from mlezi.methods.assignment.network import Valuation
from mlezi.methods.assignment.objective import Objective
from mlezi.methods.assignment.opening import with_least
from mlezi.methods.assignment.scoring import Scorer

from .rounds import made_up


def by_trying(problem, least):
    """The best worth over all subsets of open groups, each an assignment tried person by person."""
    rows = np.arange(problem.n_mentees)
    worth = Valuation(problem, Scorer(problem)).between(rows)
    best = 0
    for who in product(*[range(-1, problem.n_mentors) if w else [-1] for w in problem.wants]):
        load = np.bincount([j for j in who if j >= 0], minlength=problem.n_mentors)
        if (load > problem.places).any() or ((load > 0) & (load < least)).any():
            continue
        pairs = [worth[i, j] for i, j in enumerate(who) if j >= 0]
        if all(value >= 0 for value in pairs):
            best = max(best, sum(map(int, pairs)))
    return best


@pytest.mark.parametrize("served_first", [True, False])
def test_as_good_as_trying_everything(served_first):
    for seed in range(12):
        problem = made_up(seed, n=6, m=3, most_places=4, wants_all=True, use_rules=("cadre",))
        problem = replace(problem, objective=Objective(served_first=served_first))
        least = np.array([2, 3, 2])
        groups = with_least(problem, least)
        load = np.bincount(groups.j, minlength=3)
        assert (load <= problem.places).all()
        assert ((load == 0) | (load >= least)).all()
        assert len(np.unique(groups.i)) == len(groups.i)
        assert groups.worth == by_trying(problem, least)
        assert groups.bound >= groups.worth
        assert groups.gap < 2e-6


def test_a_larger_round_is_planned_with_a_proven_gap():
    problem = made_up(3, n=120, m=20, most_places=12, wants_all=True, use_rules=("radius",))
    problem = replace(problem, places=np.full(20, 10), objective=Objective())
    groups = with_least(problem, np.full(20, 6), nodes=50)
    load = np.bincount(groups.j, minlength=20)
    assert ((load == 0) | ((load >= 6) & (load <= 10))).all()
    assert 0 <= groups.gap < 0.01
    assert groups.worth == Valuation(problem, Scorer(problem)).pairs(groups.i, groups.j).sum()
    again = with_least(problem, np.full(20, 6), nodes=50)
    assert (again.j == groups.j).all()
    assert again.bound == groups.bound
