"""Fairness, re-matching and running: what each policy promises."""

from dataclasses import replace

import numpy as np
import pytest

from mlezi.methods.assignment.fairness import best, help_within
from mlezi.methods.assignment.objective import EvenLoad, Objective, Waiting
from mlezi.methods.assignment.rematch import within_moves
from mlezi.methods.assignment.solve import solve
from mlezi.methods.assignment.verify import verify

from .brute import best_worth
from .rounds import made_up

PLAIN = Objective(served_first=False)


def test_the_budget_is_kept_and_the_group_is_better_off():
    problem = replace(made_up(3, n=60, m=15, most_places=5, wants_all=True), objective=PLAIN)
    group = np.arange(60) % 3 == 0
    steps = help_within(problem, group, budget=0.01)
    chosen = best(steps, 0.01)
    assert chosen.percent > 100
    assert chosen.lost <= 0.01
    assert chosen.mean_group > steps[0].mean_group
    assert all(a.lost <= b.lost for a, b in zip(steps, steps[1:], strict=False))
    assert any(step.lost > 0.01 for step in steps)


def test_served_first_serves_as_many_as_anything_could():
    for seed in range(20):
        problem = made_up(seed, n=6, m=4, wants_all=True, use_rules=("radius", "cadre"))
        first = solve(replace(problem, objective=Objective(served_first=True)))
        count = replace(problem, criteria=(), objective=Objective(served_first=True))
        most = best_worth(count) // (1 + Objective().bonus(count.wants, count.places)[0] - 1)
        assert len(first.i) == most


def test_who_waited_longest_goes_first_when_all_else_is_equal():
    problem = replace(made_up(1, n=5, m=1, wants_all=True), criteria=(), places=np.array([2]))
    days = np.array([3, 90, 10, 200, 0])
    assert solve(replace(problem, objective=Objective(waiting=Waiting(days)))).i.tolist() == [1, 3]


def test_even_load_spreads_mentees():
    problem = replace(made_up(1, n=6, m=3, wants_all=True), criteria=(), places=np.array([6, 6, 6]))
    even = solve(replace(problem, objective=Objective(even_load=EvenLoad(10))))
    assert np.bincount(even.j).tolist() == [2, 2, 2]
    elsewhere = EvenLoad(10, already=np.array([3, 0, 0]))
    assert np.bincount(solve(replace(problem, objective=Objective(even_load=elsewhere))).j).tolist() == [0, 3, 3][:3]


@pytest.mark.parametrize("served_first", [True, False])
def test_a_limit_on_moves_is_kept_and_the_gap_is_true(served_first):
    problem = replace(
        made_up(8, n=30, m=10, most_places=4, wants_all=True), objective=Objective(served_first=served_first)
    )
    before = solve(problem)
    changed = replace(problem, places=np.maximum(0, problem.places - (np.arange(10) == 3)))
    free = solve(changed, earlier=before)
    for most in (0, 1, 3):
        limited = within_moves(changed, before.i, before.j, most=most)
        assert limited.moved <= most
        assert 0 <= limited.gap < 0.05
        assert limited.result.quality <= free.quality + 1e-9 or served_first
        assert verify(limited.result, stayed(changed, before, limited.bonus))


def stayed(problem, before, points):
    from mlezi.methods.assignment.rematch import stay

    return stay(problem, before.i, before.j, points=points)


def test_an_earlier_answer_only_saves_time():
    problem = made_up(8, n=60, m=20, most_places=4, wants_all=True)
    before = solve(problem)
    changed = replace(problem, places=np.where(np.arange(20) == 5, 0, problem.places))
    assert solve(changed, earlier=before).certificate.worth == solve(changed).certificate.worth
    assert verify(solve(changed, earlier=before), changed)


def test_the_gap_shrinks_and_a_run_can_be_stopped_at_any_time():
    problem = made_up(2, n=150, m=40, most_places=6, wants_all=True)
    seen = []
    whole = solve(problem, first=1, more=1, progress=seen.append)
    assert len(seen) > 2
    assert all(a.worth <= b.worth and a.bound >= b.bound for a, b in zip(seen, seen[1:], strict=False))
    assert seen[-1].gap == 0
    stopped = solve(problem, first=1, more=1, is_cancelled=lambda: True)
    assert stopped.rounds == 1
    assert verify(stopped, problem)
    assert 0 < stopped.certificate.gap == pytest.approx(seen[0].gap)
    assert whole.certificate.gap == 0
    early = solve(problem, first=1, more=1, tolerance=seen[1].gap)
    assert early.rounds <= 2
