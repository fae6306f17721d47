"""Who may mentor whom by profession: a table of mentee's cadre by mentor's cadre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import FORBIDDEN, Bools, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Table


@dataclass(frozen=True)
class Cadre:
    """`mentees`, `mentors`: index of cadre; `allowed` (mentee cadres, mentor cadres)."""

    mentees: Ints
    mentors: Ints
    allowed: Bools
    names: tuple[str, ...] = ()
    code: str = "cadre"

    def allows(self, rows: Ints) -> Bools:
        return self.allowed[self.mentees[rows]][:, self.mentors]

    def term(self) -> Table:
        return Table(self.mentees, self.mentors, np.where(self.allowed, 0, FORBIDDEN))

    def explain(self, i: int, j: int) -> Reason:
        mine, theirs = int(self.mentees[i]), int(self.mentors[j])
        facts = {
            "mine": self.names[mine] if self.names else mine,
            "theirs": self.names[theirs] if self.names else theirs,
        }
        return Reason(self.code, "In this programme a mentor from {theirs} does not mentor {mine}.", facts=facts)
