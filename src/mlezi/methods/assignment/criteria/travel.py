"""How long is the way between their sites? Roads as the crow flies times a factor, water by crossings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Floats, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Table, kinds


@dataclass(frozen=True)
class Travel:
    """`minutes` (sites, sites): one way, from `methods.routing.travel`; infinite where there is no way.

    `mentees`, `mentors`: index of each person's site, -1 = unknown (counted as half).
    Points: 1 / (1 + (minutes / half)^2), so `half` minutes are worth half.
    """

    minutes: Floats
    mentees: Ints
    mentors: Ints
    half: float = 60.0
    weight: float = 1.0
    code: str = "travel"

    def _points(self, mine: Ints, theirs: Ints, points: int) -> Ints:
        minutes = self.minutes[np.maximum(mine, 0)][:, np.maximum(theirs, 0)].astype(np.float64)
        answer = np.rint(points / (1 + (minutes / self.half) ** 2)).astype(np.int64)
        answer[mine < 0] = points // 2
        answer[:, theirs < 0] = points // 2
        return answer

    def score(self, rows: Ints, points: int) -> Ints:
        return self._points(self.mentees[rows], self.mentors, points)

    def term(self, points: int) -> Table:
        mine, which = kinds(self.mentees)
        theirs, which_theirs = kinds(self.mentors)
        return Table(which, which_theirs, self._points(mine, theirs, points))

    def explain(self, i: int, j: int, points: int) -> Reason:
        got = int(self.score(np.array([i]), points)[0, j])
        if self.mentees[i] < 0 or self.mentors[j] < 0:
            return Reason(f"{self.code}.unknown", "A site is not recorded; counted as half.", got, points)
        minutes = float(self.minutes[self.mentees[i], self.mentors[j]])
        if minutes == 0:
            return Reason(f"{self.code}.same_site", "They work at the same site.", got, points)
        if not np.isfinite(minutes):
            return Reason(f"{self.code}.no_way", "No way between their sites is known; meet from afar.", got, points)
        text = "About {hours} h {minutes} min from one site to the other."
        hours, rest = divmod(round(minutes), 60)
        return Reason(
            self.code,
            text if hours else "About {minutes} min from one site to the other.",
            got,
            points,
            {"hours": hours, "minutes": rest},
        )
