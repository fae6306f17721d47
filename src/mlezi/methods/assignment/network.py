"""A round as a network: mentees on one side, columns of places on the other, worth on the arcs.

A column is a mentor, or a part of a mentor's places (those for mentees who asked for the mentor's identity):
such a part has the mentor's column as its `parent` and its mentees use a place of both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import NEVER, Ints
from .problem import Problem
from .scoring import Scorer, Sparse, gather
from .terms import Listed


@dataclass(frozen=True)
class Columns:
    """`parent` (columns,): -1 for a mentor; `places` (columns,); `starts`, `costs`: what each place costs."""

    parent: Ints
    places: Ints
    starts: Ints
    costs: Ints
    part_of: Ints
    """(mentors,): the column of the mentor's part for asked pairs, -1 where there is none."""

    @property
    def n(self) -> int:
        return len(self.parent)


@dataclass(frozen=True)
class Network:
    """Candidate pairs: row `i` has the arcs `starts[i]:starts[i+1]`, to `columns[a]`, with `worth[a]` >= 0."""

    wants: Ints
    starts: Ints
    columns: Ints
    worth: Ints
    sides: Columns
    bonus: Ints
    """(rows,): the part of the worth that is there whoever the mentor is."""

    @property
    def n_rows(self) -> int:
        return len(self.wants)

    def rows(self) -> Ints:
        """The row of each arc."""
        return np.repeat(np.arange(self.n_rows), np.diff(self.starts))


def sides(problem: Problem) -> Columns:
    starts, costs = problem.objective.place_costs(problem.places)
    n, cap = problem.n_mentors, problem.asked_cap
    if cap is None:
        none = np.full(n, -1)
        return Columns(none, problem.places, starts, costs, none)
    # A cap equal to the places binds nobody now, but it would if there were one place more: see `place_values`.
    parts = np.flatnonzero((cap.most <= problem.places) & (cap.labels >= 0))
    places = cap.most[parts]
    part_of = np.full(n, -1)
    part_of[parts] = n + np.arange(len(parts))
    return Columns(
        parent=np.concatenate([np.full(n, -1), parts]),
        places=np.concatenate([problem.places, places]),
        starts=np.concatenate([starts, starts[-1] + np.cumsum(places)]),
        costs=np.concatenate([costs, np.zeros(int(places.sum()), dtype=np.int64)]),
        part_of=part_of,
    )


def best_left(left: Ints, starts: Ints) -> Ints:
    """The largest value of each row's arcs, at least 0."""
    answer = np.zeros(len(starts) - 1, dtype=np.int64)
    some = np.flatnonzero(np.diff(starts))
    if len(some):
        answer[some] = np.maximum(0, np.maximum.reduceat(left, starts[some]))
    return answer


class Valuation:
    """What pairs are worth to the objective: `gain * score + bonus + extra`, `NEVER` where forbidden."""

    def __init__(self, problem: Problem, scorer: Scorer) -> None:
        objective = problem.objective
        self.problem, self.scorer = problem, scorer
        self.sides = sides(problem)
        self.gain = objective.gain(problem.n_mentees)
        self.bonus = objective.bonus(problem.wants, problem.places)
        stay = objective.stay
        listed = []
        if stay:
            points = np.full(len(stay.mentees), objective.scale * stay.points)
            listed = [Listed(stay.mentees, stay.mentors, points)]
        self.extra: Sparse = gather(listed, problem.n_mentees, problem.n_mentors)

    def pairs(self, i: Ints, j: Ints) -> Ints:
        score = self.scorer.pairs(i, j)
        worth = self.gain[i] * score + self.bonus[i] + self.extra.at(i, j, self.problem.n_mentors)
        return np.where(score < 0, NEVER, worth)

    def between(self, rows: Ints) -> Ints:
        score = self.scorer.between(rows)
        worth = self.gain[rows][:, None] * score + self.bonus[rows][:, None]
        for place, i in enumerate(rows):
            here = slice(self.extra.starts[i], self.extra.starts[i + 1])
            worth[place, self.extra.mentors[here]] += self.extra.values[here]
        return np.where(score < 0, NEVER, worth)

    def columns(self, i: Ints, j: Ints) -> Ints:
        """Which column the pair (i[n], j[n]) uses a place of."""
        cap = self.problem.asked_cap
        if cap is None:
            return j
        part = self.sides.part_of[j]
        return np.where(cap.counts(i, j) & (part >= 0), part, j)

    def mentors(self, columns: Ints) -> Ints:
        """The mentor to whom each column belongs."""
        parent = self.sides.parent[columns]
        return np.where(parent < 0, columns, parent)

    def network(self, i: Ints, j: Ints, worth: Ints) -> Network:
        """The network of pairs (i[n], j[n]), sorted by i, that are worth that much; none may be forbidden."""
        starts = np.searchsorted(i, np.arange(self.problem.n_mentees + 1)).astype(np.int64)
        return Network(self.problem.wants, starts, self.columns(i, j), worth, self.sides, self.bonus)
