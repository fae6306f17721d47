"""A planted wrong pair, price or score is found; the same question gives the same bytes, compiled or not."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from mlezi.methods.assignment.solve import solve
from mlezi.methods.assignment.verify import verify

from .rounds import OBJECTIVES, RULES, made_up


@pytest.fixture(scope="module")
def answered():
    problem = made_up(4, n=30, m=12, most_wants=2, most_places=3, use_rules=RULES, use_objectives=OBJECTIVES)
    result = solve(problem)
    assert verify(result, problem)
    assert len(result.i) > 5
    return result, problem


def certified(result, **changes):
    return replace(result, certificate=replace(result.certificate, **changes))


def test_a_wrong_score_is_found(answered):
    result, problem = answered
    score = result.score.copy()
    score[3] += 1
    assert any("score" in line for line in verify(replace(result, score=score), problem).wrong)


def test_a_forbidden_or_other_pair_is_found(answered):
    result, problem = answered
    for n in range(len(result.i)):
        j = result.j.copy()
        j[n] = (j[n] + 1) % problem.n_mentors
        assert not verify(replace(result, j=j), problem)


def test_a_pair_left_out_is_found(answered):
    result, problem = answered
    assert not verify(replace(result, i=result.i[1:], j=result.j[1:], score=result.score[1:]), problem)


def test_a_stranger_is_found(answered):
    result, problem = answered
    j = result.j.copy()
    j[0] = problem.n_mentors
    assert not verify(replace(result, j=j), problem)


def test_every_wrong_price_that_matters_is_found(answered):
    result, problem = answered
    for n in np.flatnonzero(problem.places):  # a place that does not exist may cost anything
        price = result.certificate.price[n]
        wrong = list(result.certificate.price)
        wrong[n] = price + 1_000_000_000_000
        assert not verify(certified(result, price=tuple(wrong)), problem)


def test_a_bound_that_is_too_good_is_found(answered):
    result, problem = answered
    assert not verify(certified(result, bound=result.certificate.bound - 1), problem)
    assert not verify(certified(result, worth=result.certificate.worth + 1), problem)


def test_a_certificate_of_another_problem_is_found(answered):
    result, problem = answered
    assert not verify(result, replace(problem, places=problem.places + 1))


SCRIPT = """
import sys
from mlezi.methods.assignment.tests.test_verify import bytes_of_answers
sys.stdout.buffer.write(bytes_of_answers())
"""


def bytes_of_answers():
    goals = ((), ("served_first", "waiting", "help", "even_load", "stay"))
    rounds = (made_up(9, n=40, m=12, most_places=4, use_objectives=goal) for goal in goals)
    return b"".join(solve(problem, first=2, more=1).to_bytes() for problem in rounds)


def test_the_same_bytes_with_and_without_numba():
    plain = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, check=True, env={**os.environ, "NUMBA_DISABLE_JIT": "1"}
    )
    assert plain.stdout == bytes_of_answers() == bytes_of_answers()


def test_no_mentees_and_no_mentors():
    for n, m in ((1, 0), (0, 1), (0, 0)):
        problem = made_up(1, n=max(n, 1), m=max(m, 1))
        wants, places = np.ones(n, dtype=np.int64), np.ones(m, dtype=np.int64)
        empty = replace(problem, mentees=problem.mentees[:n], mentors=problem.mentors[:m], wants=wants, places=places)
        empty = replace(empty, criteria=())
        assert verify(solve(empty), empty)
