"""Single pairs that may not be made. The modules beside this one say for which reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import FORBIDDEN, Bools, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Listed


@dataclass(frozen=True)
class Barred:
    """`mentees[n]` and `mentors[n]` may not be paired; `text` tells why."""

    mentees: Ints
    mentors: Ints
    n_mentors: int
    code: str
    text: str

    def allows(self, rows: Ints) -> Bools:
        answer = np.ones((len(rows), self.n_mentors), dtype=np.bool_)
        order = np.argsort(self.mentees, kind="stable")
        mentees, mentors = self.mentees[order], self.mentors[order]
        for place, i in enumerate(rows):
            mine = slice(*np.searchsorted(mentees, [i, i + 1]))
            answer[place, mentors[mine]] = False
        return answer

    def term(self) -> Listed:
        return Listed(self.mentees, self.mentors, np.full(len(self.mentees), FORBIDDEN))

    def explain(self, i: int, j: int) -> Reason:
        return Reason(self.code, self.text)
