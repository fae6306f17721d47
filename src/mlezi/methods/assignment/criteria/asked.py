"""Does the mentor share what the mentee asked for? Used only for mentees who asked for it themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Table, kinds


@dataclass(frozen=True)
class Asked:
    """`wanted` (mentees,): a label the mentee asked for, -1 for no wish. `labels` (mentors,): -1 for not said.

    Nobody is scored for who they are: without a wish every mentor gets half.
    """

    wanted: Ints
    labels: Ints
    weight: float = 1.0
    code: str = "asked"

    def _points(self, wanted: Ints, labels: Ints, points: int) -> Ints:
        answer = np.where(wanted[:, None] == labels[None, :], points, 0)
        answer[wanted < 0] = points // 2
        return answer

    def score(self, rows: Ints, points: int) -> Ints:
        return self._points(self.wanted[rows], self.labels, points)

    def term(self, points: int) -> Table:
        wanted, which = kinds(self.wanted)
        labels, which_label = kinds(self.labels)
        return Table(which, which_label, self._points(wanted, labels, points))

    def explain(self, i: int, j: int, points: int) -> Reason:
        got = int(self.score(np.array([i]), points)[0, j])
        if self.wanted[i] < 0:
            return Reason(f"{self.code}.no_wish", "No wish was stated, so nothing is counted here.", got, points)
        if got:
            return Reason(self.code, "What the mentee asked for is met.", got, points)
        return Reason(f"{self.code}.not_met", "What the mentee asked for is not met by this mentor.", got, points)
