"""Checks an answer and its proof without trusting the solver, in plain NumPy.

Scores come from the definitions in `criteria` and `rules`, not from the fast scorer; the worth of pairs and the
bound are written out again here from the objective. Slow on purpose: it reads every pair once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import NEVER, Bools, Ints
from .problem import Problem
from .result import Result

STRANGER = "A pair names somebody who is not in the round."


@dataclass(frozen=True)
class Verdict:
    """`wrong` lists in plain words what does not hold; an empty list means that everything does."""

    wrong: tuple[str, ...]
    worth: int
    bound: int

    def __bool__(self) -> bool:
        return not self.wrong


def verify(result: Result, problem: Problem, *, block: int = 2_000_000) -> Verdict:
    """Whether the pairs keep every rule, are worth what is said, and cannot be worth more than the bound.

    `block`: how many pairs are read at a time.
    """
    wrong: list[str] = []
    certificate = result.certificate
    if certificate.problem != problem.digest():
        wrong.append("The certificate belongs to another problem.")
    wrong += _counts(result, problem)
    if STRANGER in wrong:
        return Verdict(tuple(wrong), 0, 0)
    price = np.array(certificate.price, dtype=np.int64)
    if len(price) != problem.n_mentors + len(_parts(problem)):
        return Verdict((*wrong, "There is not one price for each place column."), 0, 0)
    worth, mentees = 0, 0
    size = max(1, block // max(1, problem.n_mentors))
    for start in range(0, problem.n_mentees, size):
        rows = np.arange(start, min(start + size, problem.n_mentees))
        score = _scores(problem, rows)
        here = (result.i >= start) & (result.i <= rows[-1])
        i, j, said = result.i[here] - start, result.j[here], result.score[here]
        true = score[i, j]
        wrong += [
            f"Mentee {a + start} may not be paired with mentor {b}."
            for a, b in zip(i[true < 0], j[true < 0], strict=True)
        ]
        bad = (true >= 0) & (true != said)
        wrong += [
            f"The score of mentee {a + start} with mentor {b} is not what is said."
            for a, b in zip(i[bad], j[bad], strict=True)
        ]
        value = _worth(problem, rows, score)
        worth += sum(int(v) for v in value[i, j] if v != NEVER)
        mentees += _best(value, _paid(problem, rows, price), problem.wants[rows])
    worth -= _cost_of_load(result, problem)
    bound = mentees + _earned(problem, price)
    if worth != certificate.worth:
        wrong.append(f"The pairs are worth {worth}, not {certificate.worth} as said.")
    if bound != certificate.bound:
        wrong.append(f"The prices prove a bound of {bound}, not {certificate.bound} as said.")
    if worth > bound:
        wrong.append("The pairs are worth more than the bound, which cannot be.")
    return Verdict(tuple(wrong), worth, bound)


def _scores(problem: Problem, rows: Ints) -> Ints:
    score = np.zeros((len(rows), problem.n_mentors), dtype=np.int64)
    for criterion, points in zip(problem.criteria, problem.points, strict=True):
        score += criterion.score(rows, points)
    allowed: Bools = np.ones_like(score, dtype=np.bool_)
    for rule in problem.rules:
        allowed &= rule.allows(rows)
    return np.where(allowed, score, NEVER)


def _worth(problem: Problem, rows: Ints, score: Ints) -> Ints:
    goal = problem.objective
    scale = 100 if goal.help else 1
    per_cent = np.full(problem.n_mentees, scale, dtype=np.int64)
    if goal.help:
        per_cent[goal.help.group] = goal.help.percent
    extra = np.zeros(problem.n_mentees, dtype=np.int64)
    if goal.waiting:
        extra += scale * goal.waiting.points * np.clip(goal.waiting.days, 0, goal.waiting.most)
    if goal.served_first:
        extra += goal.first(problem.wants, problem.places)
    value = score * per_cent[rows][:, None] + extra[rows][:, None]
    if goal.stay:
        for i, j in zip(goal.stay.mentees, goal.stay.mentors, strict=True):
            if rows[0] <= i <= rows[-1]:
                value[i - rows[0], j] += scale * goal.stay.points
    return np.where(score < 0, NEVER, value)


def _parts(problem: Problem) -> list[int]:
    """The mentors who have a part of their places for those who asked for their identity."""
    cap = problem.asked_cap
    if cap is None:
        return []
    return [j for j in range(problem.n_mentors) if cap.labels[j] >= 0 and cap.most[j] <= problem.places[j]]


def _paid(problem: Problem, rows: Ints, price: Ints) -> Ints:
    paid = np.repeat(price[None, : problem.n_mentors], len(rows), axis=0)
    cap = problem.asked_cap
    for n, j in enumerate(_parts(problem)):
        assert cap is not None
        paid[cap.wanted[rows] == cap.labels[j], j] = price[problem.n_mentors + n]
    return paid


def _best(value: Ints, paid: Ints, wants: Ints) -> int:
    left = np.where(value == NEVER, 0, np.maximum(0, value - paid))
    most = int(wants.max(initial=0))
    if most == 0 or not left.shape[1]:
        return 0
    top = left.max(axis=1)[:, None] if most == 1 else -np.sort(-left, axis=1)[:, :most]
    counted = np.arange(top.shape[1])[None, :] < wants[:, None]
    return sum(int(v) for v in top[counted])


def _costs(problem: Problem, j: int) -> list[int]:
    even = problem.objective.even_load
    if even is None:
        return [0] * int(problem.places[j])
    before = int(even.already[j]) if even.already is not None else 0
    scale = 100 if problem.objective.help else 1
    return [scale * even.points * (before + nth) for nth in range(int(problem.places[j]))]


def _earned(problem: Problem, price: Ints) -> int:
    total = 0
    for j in range(problem.n_mentors):
        total += sum(max(0, int(price[j]) - cost) for cost in _costs(problem, j))
    for n, j in enumerate(_parts(problem)):
        assert problem.asked_cap is not None
        total += int(problem.asked_cap.most[j]) * max(0, int(price[problem.n_mentors + n] - price[j]))
    return total


def _cost_of_load(result: Result, problem: Problem) -> int:
    load = np.bincount(result.j, minlength=problem.n_mentors)
    return sum(sum(_costs(problem, j)[: int(load[j])]) for j in range(problem.n_mentors))


def _counts(result: Result, problem: Problem) -> list[str]:
    wrong = []
    i, j = result.i, result.j
    if len(i) and (i.min() < 0 or j.min() < 0 or i.max() >= problem.n_mentees or j.max() >= problem.n_mentors):
        return [STRANGER]
    if len(np.unique(i * problem.n_mentors + j)) < len(i):
        wrong.append("A pair is listed twice.")
    more = np.flatnonzero(np.bincount(i, minlength=problem.n_mentees) > problem.wants)
    wrong += [f"Mentee {who} has more mentors than wanted." for who in more]
    over = np.flatnonzero(np.bincount(j, minlength=problem.n_mentors) > problem.places)
    wrong += [f"Mentor {who} has more mentees than places." for who in over]
    cap = problem.asked_cap
    if cap is not None:
        asked = (cap.wanted[i] >= 0) & (cap.wanted[i] == cap.labels[j])
        over = np.flatnonzero(np.bincount(j[asked], minlength=problem.n_mentors) > cap.most)
        wrong += [f"Mentor {who} has more mentees who asked for their identity than agreed." for who in over]
    return wrong
