"""Every pair and every person left over gets a sentence that is true."""

from dataclasses import replace

import numpy as np

from mlezi.methods.assignment.explanation import Explanations
from mlezi.methods.assignment.solve import solve

from .rounds import RULES, made_up


def test_reasons_add_up_to_the_score():
    problem = made_up(6, n=12, m=6, most_places=2, wants_all=True, use_rules=RULES)
    result = solve(problem)
    explain = Explanations(problem, result)
    for i, j, score in zip(result.i, result.j, result.score, strict=True):
        reasons = explain.pair(int(i), int(j))
        assert sum(reason.points for reason in reasons.criteria) == score == reasons.score
        assert "{" not in str(reasons)


def test_a_better_looking_mentor_is_answered_with_the_price_of_the_place():
    for seed in range(8):
        problem = made_up(seed, n=25, m=6, most_places=3, wants_all=True)
        problem = replace(problem, objective=replace(problem.objective, served_first=False))
        result = solve(problem)
        explain = Explanations(problem, result)
        scores = explain.valuation.scorer.between(np.arange(25))
        for i, j in zip(result.i, result.j, strict=True):
            instead = explain.instead(int(i), int(j))
            if scores[i].max() == scores[i, j]:
                assert instead is None
            elif instead.code == "instead.full":
                assert float(instead.facts["price"]) >= float(instead.facts["lost"])


def test_the_left_over_are_told_why():
    problem = made_up(9, n=12, m=5, most_places=1, wants_all=True, use_rules=RULES)
    result = solve(problem)
    explain = Explanations(problem, result)
    left = np.setdiff1d(np.arange(12), result.i)
    assert len(left)
    for i in left:
        reasons = explain.unmatched(int(i))
        assert reasons
        assert all("{" not in str(reason) for reason in reasons)
        for rule in problem.rules:
            barred = int((~rule.allows(np.array([i]))).sum())
            assert any(r.code == f"unmatched.{rule.code}" for r in reasons) == (barred > 0)


def test_every_rule_says_why():
    problem = made_up(9, n=12, m=5, use_rules=RULES)
    for rule in problem.rules:
        for i, j in np.argwhere(~rule.allows(np.arange(12))):
            assert "{" not in str(rule.explain(int(i), int(j)))
