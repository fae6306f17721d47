"""When a mentor leaves, the mended answer is as good as a new one, and proved."""

from dataclasses import replace

import numpy as np
import pytest

from mlezi.methods.assignment.solve import solve
from mlezi.methods.assignment.standing import Standing

from .rounds import made_up


@pytest.mark.parametrize("goals", [(), ("served_first", "waiting"), ("even_load",)])
@pytest.mark.parametrize("most_wants", [1, 2])
def test_mended_is_as_good_as_new(goals, most_wants):
    problem = made_up(5, n=60, m=15, most_places=6, most_wants=most_wants, use_rules=("radius",), use_objectives=goals)
    result = solve(problem)
    standing = Standing(problem, result)
    assert standing.worth() == result.certificate.worth
    places = problem.places.copy()
    frozen = replace(problem.objective, first_points=problem.objective.first(problem.wants, problem.places))
    for j in (3, 8, 11):
        before = standing.pairs()
        change = standing.mentor_leaves(j)
        places[j] = 0
        anew = solve(replace(problem, places=places.copy(), objective=frozen))
        assert standing.worth() == anew.certificate.worth
        assert change.is_proved
        assert change.lost >= 0
        now = standing.pairs()
        assert j not in now.j
        assert {(i, b) for i, b, _ in change.moved} == set(zip(before.i, before.j, strict=True)) - set(
            zip(now.i, now.j, strict=True)
        )
        assert {(i, old) for i, old, _ in change.moved} >= {(i, j) for i in before.i[before.j == j]}


def test_candidates_that_were_missing_are_found():
    problem = made_up(6, n=80, m=120, most_places=1, wants_all=True)
    standing = Standing(problem, solve(problem, first=1, more=1))
    for j in np.flatnonzero(problem.places)[:10]:
        assert standing.mentor_leaves(int(j)).is_proved
