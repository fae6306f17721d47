"""Did they name each other? Wishes of mentees and mentors for certain people, first wish first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Listed


@dataclass(frozen=True)
class Wishes:
    """One row for each wish: mentee, mentor and `rank` (1 = first choice), from either side.

    A first choice gives half of the points, a second a quarter, a third an eighth; both sides add up.
    """

    mentees: Ints
    mentors: Ints
    rank: Ints
    n_mentors: int
    weight: float = 1.0
    code: str = "wishes"

    def _listed(self, points: int) -> tuple[Ints, Ints]:
        key = self.mentees * self.n_mentors + self.mentors
        pairs, which = np.unique(key, return_inverse=True)
        worth = np.zeros(len(pairs), dtype=np.int64)
        np.add.at(worth, which, points // 2 ** np.clip(self.rank, 1, 20))
        return pairs, np.minimum(worth, points)

    def score(self, rows: Ints, points: int) -> Ints:
        pairs, worth = self._listed(points)
        answer = np.zeros((len(rows), self.n_mentors), dtype=np.int64)
        for place, i in enumerate(rows):
            mine = slice(*np.searchsorted(pairs, [i * self.n_mentors, (i + 1) * self.n_mentors]))
            answer[place, pairs[mine] % self.n_mentors] = worth[mine]
        return answer

    def term(self, points: int) -> Listed:
        pairs, worth = self._listed(points)
        return Listed(pairs // self.n_mentors, pairs % self.n_mentors, worth)

    def explain(self, i: int, j: int, points: int) -> Reason:
        ranks = self.rank[(self.mentees == i) & (self.mentors == j)]
        got = int(self.score(np.array([i]), points)[0, j])
        if len(ranks):
            return Reason(
                self.code, "One named the other as wish number {rank}.", got, points, {"rank": int(ranks.min())}
            )
        return Reason(f"{self.code}.none", "Neither named the other.", got, points)
