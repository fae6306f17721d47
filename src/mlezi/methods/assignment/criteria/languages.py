"""Can they talk easily? Full points for the mentee's preferred language, part for another one they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Bools, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Table


@dataclass(frozen=True)
class Languages:
    """`mentees`, `mentors` (people, languages): spoken well enough to work in.

    `preferred` (mentees,): index of the language the mentee likes best, -1 where none was named.
    `second_best`: share of the points for a shared language that is not the preferred one.
    """

    mentees: Bools
    mentors: Bools
    preferred: Ints
    names: tuple[str, ...] = ()
    second_best: float = 0.6
    weight: float = 1.0
    code: str = "languages"

    def score(self, rows: Ints, points: int) -> Ints:
        speaks = self.mentees[rows]
        share = (speaks.astype(np.int64) @ self.mentors.T.astype(np.int64)) > 0
        liked = self.preferred[rows]
        in_liked = self.mentors.T[np.maximum(liked, 0)] & (liked >= 0)[:, None]
        any_is_best = (liked < 0)[:, None] & share
        answer = np.where(share, int(points * self.second_best), 0)
        answer = np.where(in_liked | any_is_best, points, answer)
        answer[~speaks.any(axis=1) & (liked < 0)] = points // 2
        answer[:, ~self.mentors.any(axis=1)] = points // 2
        return answer

    def term(self, points: int) -> Table:
        mine = np.column_stack([self.mentees, self.preferred])
        _, first, kind = np.unique(mine, axis=0, return_index=True, return_inverse=True)
        _, first_j, kind_j = np.unique(self.mentors, axis=0, return_index=True, return_inverse=True)
        return Table(kind.ravel(), kind_j.ravel(), self.score(first, points)[:, first_j])

    def explain(self, i: int, j: int, points: int) -> Reason:
        got = int(self.score(np.array([i]), points)[0, j])
        liked = int(self.preferred[i])
        shared = np.flatnonzero(self.mentees[i] & self.mentors[j])
        if liked >= 0 and self.mentors[j, liked]:
            return Reason(
                self.code, "Both speak {name}, the language they like best.", got, points, {"name": self._name(liked)}
            )
        if len(shared):
            return Reason(
                f"{self.code}.shared",
                "They can work together in {name}.",
                got,
                points,
                {"name": self._name(int(shared[0]))},
            )
        if got:
            return Reason(f"{self.code}.unknown", "Languages are not recorded; counted as half.", got, points)
        return Reason(f"{self.code}.none", "They share no language on record.", got, points)

    def _name(self, d: int) -> str:
        return self.names[d] if self.names else f"language {d + 1}"
