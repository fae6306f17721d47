"""Middle-sized rounds: four solvers that share no code find the same worth to the last unit."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import optimize, sparse

from mlezi.methods.assignment import reference
from mlezi.methods.assignment.network import Valuation
from mlezi.methods.assignment.objective import Objective
from mlezi.methods.assignment.scoring import Scorer
from mlezi.methods.assignment.solve import solve
from mlezi.methods.assignment.verify import verify

from .rounds import RULES, made_up

SOME = ("radius", "conflict", "line_manager", "time")


def middle(seed, **options):
    return made_up(seed, n=200, m=40, most_places=9, **options)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("places", [0.5, 1, 2])
def test_scipy_agrees(seed, places):
    problem = middle(seed, use_rules=SOME, wants_all=True)
    problem = replace(problem, places=np.floor(problem.places * places).astype(np.int64))
    problem = replace(problem, objective=Objective(served_first=False))
    worth = Valuation(problem, Scorer(problem)).between(np.arange(200))
    seats = np.maximum(0, np.repeat(worth, problem.places, axis=1))
    i, seat = optimize.linear_sum_assignment(seats, maximize=True)
    result = solve(problem)
    assert result.certificate.worth == seats[i, seat].sum()
    assert verify(result, problem)


@pytest.mark.parametrize(
    "objectives", [(), ("served_first", "waiting"), ("even_load", "help", "stay"), ("served_first", "even_load")]
)
@pytest.mark.parametrize("most_wants", [1, 3])
def test_the_network_simplex_agrees(objectives, most_wants):
    problem = middle(7, use_rules=RULES, most_wants=most_wants, use_objectives=objectives)
    own, other = solve(problem), solve(problem, exact=reference.solve)
    assert own.certificate.is_optimal
    assert other.certificate.is_optimal
    assert own.certificate.worth == other.certificate.worth
    assert verify(own, problem)
    assert verify(other, problem)


@pytest.mark.parametrize("most_wants", [1, 3])
def test_highs_agrees(most_wants):
    problem = middle(3, use_rules=SOME, most_wants=most_wants)
    problem = replace(problem, objective=Objective(served_first=False))
    worth = Valuation(problem, Scorer(problem)).between(np.arange(200))
    i, j = np.nonzero(worth >= 0)
    ones, arcs = np.ones(len(i)), np.arange(len(i))
    rows = sparse.vstack([sparse.csr_array((ones, (i, arcs)), shape=(200, len(i))),
                          sparse.csr_array((ones, (j, arcs)), shape=(40, len(i)))])  # fmt: skip
    limits = np.concatenate([problem.wants, problem.places])
    answer = optimize.linprog(-worth[i, j] / 1e6, A_ub=rows, b_ub=limits, bounds=(0, 1), method="highs")
    assert solve(problem).certificate.worth / 1e6 == pytest.approx(-answer.fun, rel=1e-9)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_many_middle_rounds_agree(seed):
    goals = [("served_first",), ("even_load",), ("waiting", "help"), ("stay", "served_first", "help")][seed % 4]
    problem = middle(seed, use_rules=RULES[: seed % 9], most_wants=1 + seed % 3, use_objectives=goals)
    own = solve(problem)
    assert own.certificate.worth == solve(problem, exact=reference.solve).certificate.worth
    assert verify(own, problem)
