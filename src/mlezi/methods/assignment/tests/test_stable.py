"""Nobody would rather swap, everybody's list is read far enough, and mentees get the best stable mentor."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlezi.methods.assignment.objective import Objective
from mlezi.methods.assignment.scoring import Scorer
from mlezi.methods.assignment.solve import solve
from mlezi.methods.assignment.stable import blocking, match, price_of_stability

from .rounds import RULES, made_up


def both_sides(seed, **options):
    problem = made_up(seed, **options)
    theirs = [replace(c, weight=w) for c, w in zip(problem.criteria, (1, 5, 0, 2, 0, 3, 1, 0, 1), strict=True)]
    return problem, replace(problem, criteria=tuple(theirs))


sides = st.builds(
    both_sides,
    st.integers(0, 10**9),
    n=st.integers(1, 7),
    m=st.integers(1, 5),
    most_wants=st.integers(1, 2),
    use_rules=st.sets(st.sampled_from(RULES[:-1])),
)


@settings(deadline=None, max_examples=150)
@given(sides)
def test_nobody_would_rather_swap(two):
    """For every mentor a mentee liked better, that mentor is full of people they prefer."""
    problem, theirs = two
    answer = match(problem, mentors_view=theirs, seed=3, choices=1)
    mine, view = (
        Scorer(problem).between(np.arange(problem.n_mentees)),
        Scorer(theirs).between(np.arange(problem.n_mentees)),
    )
    has = [set(answer.j[answer.i == i].tolist()) for i in range(problem.n_mentees)]
    takes = [answer.i[answer.j == j].tolist() for j in range(problem.n_mentors)]
    for i, j in product(range(problem.n_mentees), range(problem.n_mentors)):
        if j in has[i] or mine[i, j] < 0:
            continue
        would = len(has[i]) < problem.wants[i] or any(mine[i, j] > mine[i, other] for other in has[i])
        could = len(takes[j]) < problem.places[j] or any(view[i, j] > view[other, j] for other in takes[j])
        assert not (would and could)
    assert not len(blocking(problem, answer.i, answer.j, mentors_view=theirs).i)


def test_lists_are_read_until_nobody_is_left_over():
    problem = made_up(5, n=40, m=60, most_places=1, wants_all=True)
    answer = match(problem, choices=1)
    assert answer.extended > 0
    assert not len(blocking(problem, answer.i, answer.j).i)
    assert (match(problem, choices=64).j == answer.j).all()


def test_a_planted_swap_is_found():
    problem = made_up(5, n=30, m=30, most_places=1, wants_all=True)
    answer = match(problem)
    j = answer.j.copy()
    j[[0, 1]] = j[[1, 0]]
    assert len(blocking(problem, answer.i, j).i)


def test_ties_are_settled_by_the_logged_lottery():
    problem = made_up(1, n=6, m=1, most_places=2, wants_all=True)
    same = replace(problem, criteria=(), places=np.array([2]))
    winners = {seed: match(same, seed=seed).i.tolist() for seed in range(12)}
    assert len(set(map(tuple, winners.values()))) > 1
    for seed, who in winners.items():
        lots = match(same, seed=seed).lots
        assert sorted(who) == sorted(np.argsort(-lots)[:2].tolist())


def test_stability_has_a_price_and_it_is_reported():
    problem = replace(made_up(11, n=40, m=20, most_places=2, wants_all=True), objective=Objective(served_first=False))
    _, theirs = both_sides(11, n=40, m=20, most_places=2, wants_all=True)
    held, best = match(problem, mentors_view=theirs), solve(problem)
    assert 0 < price_of_stability(held.quality, best.quality) < 0.5


@pytest.mark.parametrize("n", [30, 80])
def test_another_implementation_agrees(n):
    matching = pytest.importorskip("matching.games")
    problem, theirs = both_sides(n, n=n, m=10, most_places=9, wants_all=True)
    answer = match(problem, mentors_view=theirs)
    rows = np.arange(n)
    mine, view = Scorer(problem).between(rows), Scorer(theirs).between(rows)
    view = view * n + answer.lots[:, None]
    assert (mine >= 0).all()
    places = {j: max(1, int(problem.places[j])) for j in range(10)}
    answer = match(replace(problem, places=np.array(list(places.values()))), mentors_view=theirs)
    game = matching.HospitalResident.create_from_dictionaries(
        {i: np.argsort(-mine[i], kind="stable").tolist() for i in rows.tolist()},
        {j: np.argsort(-view[:, j]).tolist() for j in range(10)},
        places,
    )
    solved = game.solve(optimal="resident")
    other = {(who.name, mentor.name) for mentor, people in solved.items() for who in people}
    assert other == set(zip(answer.i.tolist(), answer.j.tolist(), strict=True))
