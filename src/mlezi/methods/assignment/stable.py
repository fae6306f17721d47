"""A matching that holds by itself: no mentee and no mentor would rather have each other than what they got.

Mentees propose and mentors keep the best up to their places (Gale and Shapley, 1962; with places, Roth and
Sotomayor, 1990), so of all stable matchings this is the best one for every mentee. Ties are settled by a lottery
whose seed is kept. Lists are read as far as they are needed: only mentees refused by all their first choices get
more of them, so that the result is stable over all pairs, not only over short lists.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .arrays import Ints
from .network import Valuation
from .objective import Objective
from .problem import Problem
from .scoring import Scorer
from .sweep import Pairs, Sweep


@dataclass(frozen=True)
class Stable:
    """Pairs `i[n]`, `j[n]`, sorted, with the mentee's `score`; `lots` (mentees,): the lottery, highest wins ties."""

    i: Ints
    j: Ints
    score: Ints
    lots: Ints
    seed: int
    extended: int
    """How often somebody's list had to be read further."""

    @property
    def quality(self) -> float:
        return int(self.score.sum()) / 1e6


def lottery(seed: int, n: int) -> Ints:
    """A drawn order of n people; the same seed draws the same order."""
    return np.random.default_rng(seed).permutation(n).astype(np.int64)


def match(problem: Problem, *, mentors_view: Problem | None = None, seed: int = 0, choices: int = 32) -> Stable:
    """The stable matching that is best for mentees. The problem's objective plays no part.

    `mentors_view`: the same people and rules with what mentors look for as criteria; without it both sides go by
    the same scores. Mentees who want k mentors propose until k of them hold.
    """
    from .proposals import Proposals  # noqa: PLC0415 - numba takes a second to load

    plain = replace(problem, objective=Objective(served_first=False), asked_cap=None)
    valuation = Valuation(plain, Scorer(plain))
    theirs = Scorer(mentors_view) if mentors_view else None
    lots = lottery(seed, problem.n_mentees)
    lists = Lists(valuation, choices)
    proposals = Proposals(problem.wants, problem.places)
    scores = [np.zeros(0, dtype=np.int64)]
    who = np.flatnonzero(problem.wants > 0)
    while len(who):
        # When mentors go by the same scores, those who would refuse need not be read: they never come round again.
        least = None if theirs else proposals.least() // problem.n_mentees
        pairs, score = lists.extend(who, least)
        scores.append(score)
        value = (theirs.pairs(pairs.i, pairs.j) if theirs else score) * problem.n_mentees + lots[pairs.i]
        spent = proposals.go_on(pairs.i, pairs.j, value)
        who = np.flatnonzero(spent & lists.unread)
    taken = np.sort(proposals.held[proposals.held >= 0])
    taken = taken[np.lexsort((proposals.j[taken], proposals.i[taken]))]
    score = np.concatenate(scores)[taken]
    return Stable(proposals.i[taken], proposals.j[taken], score, lots, seed, lists.n_extended)


class Lists:
    """Each mentee's mentors from the best down, read a portion at a time."""

    def __init__(self, valuation: Valuation, size: int) -> None:
        self.valuation, self.sweep, self.size = valuation, Sweep(valuation), size
        problem = valuation.problem
        self.price = np.zeros(valuation.sides.n, dtype=np.int64)
        self.unread = np.ones(problem.n_mentees, dtype=np.bool_)
        listed = valuation.scorer.listed  # pairs of a score of their own, which the sweep does not know
        i = np.repeat(np.arange(problem.n_mentees), np.diff(listed.starts))
        self.known = Pairs(i, listed.mentors)
        self.waiting, self.waiting_score = self.known, valuation.pairs(i, listed.mentors)
        self.n_extended = -1

    def extend(self, who: Ints, least: Ints | None = None) -> tuple[Pairs, Ints]:
        """The next mentors of these mentees, mentee by mentee, best first, with their scores.

        `least` (mentors,): mentors to whom a mentee scores less are left out, for good; it may only rise.
        """
        gain = np.full(len(self.unread), -1, dtype=np.int64)
        most = self.size + int(self.valuation.problem.wants.max(initial=0))
        found = self.sweep.look(self.known, price=self.price, gain=gain, most=most, only=who, least=least)
        score = self.valuation.pairs(found.i, found.j)
        bar = np.full(len(gain), np.iinfo(np.int64).max)  # what is listed further down waits until the list got there
        bar[who] = 0
        self.unread[who] = np.bincount(found.i, minlength=len(gain))[who] == most
        lowest = np.full(len(gain), np.iinfo(np.int64).max)
        np.minimum.at(lowest, found.i, score)
        unread = who[self.unread[who]]
        bar[unread] = lowest[unread]
        self.known = merged(self.known, found, max(1, self.valuation.problem.n_mentors))
        self.n_extended += 1
        self.size *= 2  # whoever is refused so often is in for a long list
        return self._with_waiting(found, score, bar)

    def _with_waiting(self, found: Pairs, score: Ints, bar: Ints) -> tuple[Pairs, Ints]:
        turn = self.waiting_score >= bar[self.waiting.i]
        i = np.concatenate([found.i, self.waiting.i[turn]])
        j = np.concatenate([found.j, self.waiting.j[turn]])
        score = np.concatenate([score, self.waiting_score[turn]])
        self.waiting = Pairs(self.waiting.i[~turn], self.waiting.j[~turn])
        self.waiting_score = self.waiting_score[~turn]
        order = np.lexsort((j, -score, i)) if turn.any() else order_of(i, score)
        return Pairs(i[order], j[order]), score[order]


def order_of(i: Ints, score: Ints) -> Ints:
    """By mentee, the best first; equal ones as they stood. One sort of one number each: there are millions."""
    top = int(score.max(initial=0))
    return np.argsort(i * (top + 1) + (top - score), kind="stable")


def merged(known: Pairs, found: Pairs, n_mentors: int) -> Pairs:
    """Both, sorted by mentee and mentor; a stable sort is quick about two rows that are sorted already."""
    keys = np.concatenate([known.i * n_mentors + known.j, found.i * n_mentors + found.j])
    keys.sort(kind="stable")
    return Pairs(keys // n_mentors, keys % n_mentors)


def blocking(problem: Problem, i: Ints, j: Ints, *, mentors_view: Problem | None = None) -> Pairs:
    """Pairs who would both rather have each other, strictly, than somebody they have (or nobody). Reads every pair.

    `i`, `j`: the matching. Stable means that this is empty.
    """
    mine, theirs = Scorer(problem), Scorer(mentors_view or problem)
    own = np.full(problem.n_mentees, -1)
    full = np.bincount(i, minlength=problem.n_mentees) >= problem.wants
    lowest = np.full(problem.n_mentees, np.iinfo(np.int64).max)
    np.minimum.at(lowest, i, mine.pairs(i, j))
    own[full] = lowest[full]
    their = np.full(problem.n_mentors, -1)
    full = np.bincount(j, minlength=problem.n_mentors) >= problem.places
    lowest = np.full(problem.n_mentors, np.iinfo(np.int64).max)
    np.minimum.at(lowest, j, theirs.pairs(i, j))
    their[full] = lowest[full]
    found: list[Ints] = [np.zeros((0, 2), dtype=np.int64)]
    for start in range(0, problem.n_mentees, 256):
        rows = np.arange(start, min(start + 256, problem.n_mentees))
        both = (mine.between(rows) > own[rows][:, None]) & (theirs.between(rows) > their[None, :])
        inside = (i >= start) & (i <= rows[-1])
        both[i[inside] - start, j[inside]] = False
        found.append(np.argwhere(both) + np.array([[start, 0]]))
    pairs = np.concatenate(found)
    return Pairs(pairs[:, 0], pairs[:, 1])


def price_of_stability(stable_quality: float, best_quality: float) -> float:
    """The share of the best total score that is given up for stability."""
    return 1 - stable_quality / best_quality if best_quality else 0.0
