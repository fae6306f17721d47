"""Why this pair, and why nobody: sentences from the scores and from what places are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import UNIT, Ints
from .network import Valuation
from .problem import Problem
from .reasons import Reason
from .result import Result
from .scoring import Scorer


def _points(share: float) -> str:
    """Points of 100, as tables show them."""
    return f"{100 * share:.1f}"


@dataclass(frozen=True)
class PairExplanation:
    """`criteria`: one reason each, the weightiest first; `instead`: why not the mentor who looks best."""

    mentee: str
    mentor: str
    score: int
    criteria: tuple[Reason, ...]
    instead: Reason | None

    def __str__(self) -> str:
        parts = [str(reason) for reason in self.criteria if reason.points]
        return " ".join([*parts, *([str(self.instead)] if self.instead else [])])


class Explanations:
    """Answers questions about one result."""

    def __init__(self, problem: Problem, result: Result) -> None:
        self.problem, self.result = problem, result
        self.valuation = Valuation(problem, Scorer(problem))
        self.load = np.bincount(result.j, minlength=problem.n_mentors)

    def pair(self, i: int, j: int) -> PairExplanation:
        """Why mentee i may well be with mentor j; works for pairs that were not made, too."""
        problem = self.problem
        reasons = [c.explain(i, j, p) for c, p in zip(problem.criteria, problem.points, strict=True)]
        reasons.sort(key=lambda reason: -reason.points)
        score = int(self.valuation.scorer.pairs(np.array([i]), np.array([j]))[0])
        return PairExplanation(problem.mentees[i], problem.mentors[j], score, tuple(reasons), self.instead(i, j))

    def instead(self, i: int, j: int) -> Reason | None:
        """Why mentee i is not with the mentor who scores highest, if that is not mentor j."""
        scores, worth = self._row(i)
        other = int(np.argmax(scores))
        if other in self.result.mentors_of(i) or scores[other] <= scores[j]:
            return None
        facts = {
            "other": self.problem.mentors[other],
            "score": _points(scores[other] / UNIT),
            "own": _points(scores[j] / UNIT),
        }
        lost = int(worth[other]) - int(worth[j])
        if self.load[other] < self.problem.places[other] or lost <= 0:
            text = "With {other} the score would be {score} instead of {own}, but the round's other aims weigh more."
            return Reason("instead.other_aims", text, facts=facts)
        price = int(self._price(i)[other]) - int(self._price(i)[j])
        text = (
            "With {other} the score would be {score} instead of {own}; but {other} is full, and giving that place up "
            "would cost the others {price}, more than the {lost} gained."
        )
        scale = self.problem.objective.scale * UNIT
        facts |= {"price": _points(price / scale), "lost": _points(lost / scale)}
        if facts["price"] == facts["lost"]:
            text = (
                "With {other} the score would be {score} instead of {own}; but {other} is full, and giving that place "
                "up would cost the others as much as is gained ({lost})."
            )
        return Reason("instead.full", text, facts=facts)

    def unmatched(self, i: int) -> tuple[Reason, ...]:
        """Why mentee i has nobody (or fewer than wanted): rules, full places, or what those are worth."""
        problem = self.problem
        if problem.wants[i] == 0:
            return (Reason("unmatched.not_asked", "No mentor was asked for."),)
        row = np.array([i])
        reasons = []
        for rule in problem.rules:
            barred = int((~rule.allows(row)).sum())
            if barred:
                facts = {"n": barred, "all": problem.n_mentors, "rule": rule.code.replace("_", " ")}
                reasons.append(
                    Reason(f"unmatched.{rule.code}", "{n} of {all} mentors are ruled out: {rule}.", facts=facts)
                )
        scores, worth = self._row(i)
        allowed = np.flatnonzero((scores >= 0) & (problem.places > 0))
        allowed = np.setdiff1d(allowed, self.result.mentors_of(i))
        if not len(allowed):
            return (*reasons, Reason("unmatched.nobody", "No mentor with a place is left whom the rules allow."))
        short = self._price(i)[allowed] - worth[allowed]
        nearest = int(allowed[np.argmin(short)])
        scale = problem.objective.scale * UNIT
        facts = {
            "mentor": problem.mentors[nearest],
            "short": _points(max(0, int(short.min())) / scale),
            "n": len(allowed),
        }
        text = "All {n} possible mentors are full of people who need them as much or more; nearest was {mentor}."
        if (self.load[allowed] < problem.places[allowed]).any():
            text = "A place is left with {mentor}, but the pair would not add anything to the round."
        return (*reasons, Reason("unmatched.full", text, facts=facts))

    def _row(self, i: int) -> tuple[Ints, Ints]:
        row = np.array([i])
        return self.valuation.scorer.between(row)[0], self.valuation.between(row)[0]

    def _price(self, i: int) -> Ints:
        """The price of a place with each mentor as mentee i sees it."""
        everyone = np.arange(self.problem.n_mentors)
        return self.result.price[self.valuation.columns(np.full(len(everyone), i), everyone)]
