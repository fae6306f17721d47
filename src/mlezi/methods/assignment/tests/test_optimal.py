"""The answer is the best of all possible ones, and carries a proof that holds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlezi.methods.assignment import reference
from mlezi.methods.assignment.network import Valuation
from mlezi.methods.assignment.scoring import Scorer
from mlezi.methods.assignment.solve import solve
from mlezi.methods.assignment.verify import verify

from .brute import best_worth
from .rounds import OBJECTIVES, RULES, made_up

rounds = st.builds(
    made_up,
    st.integers(0, 10**9),
    n=st.integers(1, 6),
    m=st.integers(1, 4),
    most_wants=st.integers(1, 3),
    most_places=st.integers(1, 3),
    use_rules=st.sets(st.sampled_from(RULES)),
    use_objectives=st.sets(st.sampled_from(OBJECTIVES)),
)


def is_best(problem, **options):
    result = solve(problem, **options)
    assert result.certificate.is_optimal
    assert not verify(result, problem).wrong
    assert result.certificate.worth == best_worth(problem)
    if problem.wants.max(initial=0) <= 1:
        # What a pair is worth is the mentee's gain and the price of the place, nothing else.
        valuation = Valuation(problem, Scorer(problem))
        price = result.price[valuation.columns(result.i, result.j)]
        assert (valuation.pairs(result.i, result.j) == result.gain[result.i] + price).all()


@settings(deadline=None, max_examples=150)
@given(rounds)
def test_as_good_as_trying_everything(problem):
    is_best(problem)


@pytest.mark.parametrize("objective", [(), *((name,) for name in OBJECTIVES)])
@pytest.mark.parametrize("rule", [(), *((name,) for name in RULES)])
def test_every_rule_with_every_objective(rule, objective):
    for seed in range(4):
        is_best(made_up(seed, n=5, most_wants=2, use_rules=rule, use_objectives=objective), first=1, more=1)


@pytest.mark.long
@settings(deadline=None, max_examples=5000)
@given(rounds)
def test_thousands_as_good_as_trying_everything(problem):
    is_best(problem, first=1, more=1)


def test_gains_belong_to_the_prices_that_prove_it_also_for_pairs_seen_late():
    is_best(made_up(0, n=3, m=4, most_wants=1, most_places=1, use_rules=(), use_objectives=()), first=1, more=1)


@settings(deadline=None, max_examples=60)
@given(rounds)
def test_the_network_solver_of_others_agrees(problem):
    theirs = solve(problem, exact=reference.solve)
    assert theirs.certificate.is_optimal
    assert not verify(theirs, problem).wrong
    assert theirs.certificate.worth == solve(problem).certificate.worth


@settings(deadline=None, max_examples=60)
@given(rounds)
def test_scores_are_the_definitions_added_up(problem):
    rows = np.arange(problem.n_mentees)
    allowed = np.ones((problem.n_mentees, problem.n_mentors), dtype=bool)
    score = np.zeros(allowed.shape, dtype=np.int64)
    for criterion, points in zip(problem.criteria, problem.points, strict=True):
        part = criterion.score(rows, points)
        assert ((part >= 0) & (part <= points)).all()
        score += part
    for rule in problem.rules:
        allowed &= rule.allows(rows)
    fast = Scorer(problem).between(rows)
    assert (fast[allowed] == score[allowed]).all()
    assert (fast[~allowed] < 0).all()
    i, j = (part.ravel() for part in np.indices(allowed.shape))
    assert (Scorer(problem).pairs(i, j) == fast.ravel()).all()
