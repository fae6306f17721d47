"""Is the step between them right? Near enough to remember, far enough to have something to give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Table, kinds


@dataclass(frozen=True)
class Seniority:
    """`mentees`, `mentors`: career level as a whole number (-1 = unknown, counted as half).

    Full points when the mentor is `ideal` levels above; the points fall evenly to 0 at `reach` levels off.
    """

    mentees: Ints
    mentors: Ints
    ideal: int = 2
    reach: int = 4
    weight: float = 1.0
    code: str = "seniority"

    def _points(self, mine: Ints, theirs: Ints, points: int) -> Ints:
        off = np.abs(theirs[None, :] - mine[:, None] - self.ideal)
        answer = points * np.maximum(0, self.reach - off) // self.reach
        unknown = (mine < 0)[:, None] | (theirs < 0)[None, :]
        return np.where(unknown, points // 2, answer)

    def score(self, rows: Ints, points: int) -> Ints:
        return self._points(self.mentees[rows], self.mentors, points)

    def term(self, points: int) -> Table:
        mine, which = kinds(self.mentees)
        theirs, which_theirs = kinds(self.mentors)
        return Table(which, which_theirs, self._points(mine, theirs, points))

    def explain(self, i: int, j: int, points: int) -> Reason:
        got = int(self.score(np.array([i]), points)[0, j])
        if self.mentees[i] < 0 or self.mentors[j] < 0:
            return Reason(f"{self.code}.unknown", "A career level is not recorded; counted as half.", got, points)
        step = int(self.mentors[j] - self.mentees[i])
        return Reason(
            self.code,
            "{step} career levels apart ({ideal} is thought best).",
            got,
            points,
            {"step": step, "ideal": self.ideal},
        )
