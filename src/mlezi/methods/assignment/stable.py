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
from .candidates import Candidates
from .network import Valuation
from .objective import Objective
from .problem import Problem
from .proposals import propose_all
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
    plain = replace(problem, objective=Objective(served_first=False), asked_cap=None)
    valuation = Valuation(plain, Scorer(plain))
    theirs = Scorer(mentors_view) if mentors_view else valuation.scorer
    lots = lottery(seed, problem.n_mentees)
    lists = Lists(valuation, choices)
    lists.extend(problem.wants > 0)
    while True:
        arcs, starts, score = lists.ordered()
        value = theirs.pairs(arcs.i, arcs.j) * problem.n_mentees + lots[arcs.i]
        value[valuation.pairs(arcs.i, arcs.j) < 0] = -1
        held, spent = propose_all(problem.wants, starts, arcs.j, value, problem.places)
        short = spent & lists.unread
        if not short.any():
            taken = np.sort(held)
            taken = taken[np.lexsort((arcs.j[taken], arcs.i[taken]))]
            return Stable(arcs.i[taken], arcs.j[taken], score[taken], lots, seed, lists.n_extended)
        lists.extend(short)


class Lists:
    """Each mentee's mentors from the best down, as far as they have been read."""

    def __init__(self, valuation: Valuation, size: int) -> None:
        self.sweep, self.candidates, self.size = Sweep(valuation), Candidates(valuation), size
        self.wants = valuation.problem.wants
        n = valuation.problem.n_mentees
        self.price = np.zeros(valuation.sides.n, dtype=np.int64)
        self.unread = np.ones(n, dtype=np.bool_)
        self.bar = np.full(n, np.iinfo(np.int64).max)
        """Scores from here on are complete; a wish further down waits until the list has been read that far."""
        self.n_extended = -1

    def extend(self, who: np.typing.NDArray[np.bool_]) -> None:
        gain = np.where(who, -1, np.iinfo(np.int64).max)
        size = self.size + int(self.wants.max(initial=0))
        found = self.sweep.look(self.candidates.known(), price=self.price, gain=gain, most=size)
        self.candidates.add(found)
        lowest = np.full(len(who), np.iinfo(np.int64).max)
        np.minimum.at(lowest, found.i, self.candidates.valuation.pairs(found.i, found.j))
        self.unread[who] = np.bincount(found.i, minlength=len(who))[who] == size
        self.bar[who] = np.where(self.unread[who], lowest[who], 0)
        self.n_extended += 1

    def ordered(self) -> tuple[Pairs, Ints, Ints]:
        """What may be proposed to, mentee by mentee, best first: pairs, where each mentee starts, scores."""
        known, score = self.candidates.known(), self.candidates.worth
        good = (score >= 0) & (score >= self.bar[known.i])
        i, j, score = known.i[good], known.j[good], score[good]
        order = np.lexsort((-score, i))
        pairs = Pairs(i[order], j[order])
        return pairs, pairs.starts(len(self.bar)), score[order]


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
