"""A pair must share a language in which both can work. Unknown languages do not bar anybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import FORBIDDEN, Bools, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Table


@dataclass(frozen=True)
class CommonLanguage:
    """`mentees`, `mentors` (people, languages): true where spoken."""

    mentees: Bools
    mentors: Bools
    code: str = "common_language"

    def allows(self, rows: Ints) -> Bools:
        speaks = self.mentees[rows]
        share: Bools = np.asarray((speaks.astype(np.int64) @ self.mentors.T.astype(np.int64)) > 0)
        unknown: Bools = np.asarray(~speaks.any(axis=1))
        unknown_mentor: Bools = np.asarray(~self.mentors.any(axis=1))
        return share | unknown[:, None] | unknown_mentor[None, :]

    def term(self) -> Table:
        _, first, kind = np.unique(self.mentees, axis=0, return_index=True, return_inverse=True)
        _, first_j, kind_j = np.unique(self.mentors, axis=0, return_index=True, return_inverse=True)
        allowed = self.allows(first)[:, first_j]
        return Table(kind.ravel(), kind_j.ravel(), np.where(allowed, 0, FORBIDDEN))

    def explain(self, i: int, j: int) -> Reason:
        return Reason(self.code, "They share no language on record.")
