"""A place is worth what the answer gains with one more, and loses with one less."""

from dataclasses import replace

import numpy as np
import pytest

from mlezi.methods.assignment.place_values import place_values
from mlezi.methods.assignment.solve import solve

from .rounds import made_up

GOALS = [(), ("served_first",), ("even_load",), ("served_first", "waiting", "help", "stay")]


@pytest.mark.parametrize("goals", GOALS)
@pytest.mark.parametrize("rule", [(), ("radius", "cadre", "asked_cap")])
def test_one_place_more_or_fewer(goals, rule):
    for seed in range(6):
        problem = made_up(seed, n=7, m=4, most_wants=2, use_rules=rule, use_objectives=goals)
        # Being served must count the same with one place more, or the two worths could not be compared.
        bonus = problem.objective.bonus(problem.wants, problem.places)
        values = place_values(problem, solve(problem))
        for j in range(problem.n_mentors):
            assert values.more[j] == change(problem, j, +1, bonus)
            if problem.places[j]:
                assert values.fewer[j] == -change(problem, j, -1, bonus)


def change(problem, j, by, bonus):
    places = problem.places.copy()
    places[j] += by
    asked = problem.asked_cap
    # The cap on asked pairs stays what it was.
    other = replace(problem, places=places, asked_cap=asked)
    object.__setattr__(other.objective, "bonus", lambda wants, places: bonus)
    return solve(other).certificate.worth - solve(problem).certificate.worth


def test_the_recruiting_list_starts_where_it_helps_most():
    problem = made_up(2, n=30, m=5, most_places=2, wants_all=True, use_objectives=("served_first",))
    values = place_values(problem, solve(problem))
    order = values.recruiting()
    assert order
    assert all(values.more[a] >= values.more[b] for a, b in zip(order, order[1:], strict=False))
    assert "one more mentee served" in values.describe(order[0])


def test_a_mentor_who_is_not_full_needs_no_recruiting():
    problem = made_up(3, n=3, m=5, most_places=2, wants_all=True)
    problem = replace(problem, places=np.full(5, 3))
    assert place_values(problem, solve(problem)).recruiting() == []
