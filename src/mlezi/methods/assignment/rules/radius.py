"""No pair further apart than can be travelled. Time counts, not distance: a lake is wide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import FORBIDDEN, Bools, Floats, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Table, kinds


@dataclass(frozen=True)
class Radius:
    """`minutes` (sites, sites); `mentees`, `mentors` index of site (-1 = unknown, allowed); `most` minutes."""

    minutes: Floats
    mentees: Ints
    mentors: Ints
    most: float
    code: str = "radius"

    def _near(self, mine: Ints, theirs: Ints) -> Bools:
        near: Bools = self.minutes[np.maximum(mine, 0)][:, np.maximum(theirs, 0)] <= self.most
        return near | (mine < 0)[:, None] | (theirs < 0)[None, :]

    def allows(self, rows: Ints) -> Bools:
        return self._near(self.mentees[rows], self.mentors)

    def term(self) -> Table:
        mine, which = kinds(self.mentees)
        theirs, which_theirs = kinds(self.mentors)
        return Table(which, which_theirs, np.where(self._near(mine, theirs), 0, FORBIDDEN))

    def explain(self, i: int, j: int) -> Reason:
        minutes = float(self.minutes[self.mentees[i], self.mentors[j]])
        if not np.isfinite(minutes):
            return Reason(f"{self.code}.no_way", "No way between their sites is known.")
        return Reason(
            self.code,
            "The way takes {minutes} minutes; the limit is {most}.",
            facts={"minutes": round(minutes), "most": round(self.most)},
        )
