"""A pair must be free together often enough. Who has given no times is taken to be free at all times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Bools, Ints, Masks
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Shared

ALWAYS = np.uint64(2**64 - 1)


@dataclass(frozen=True)
class CommonTime:
    """`mentees`, `mentors`: up to 64 slots of the week (0 = unknown); `least` common slots are needed."""

    mentees: Masks
    mentors: Masks
    least: int = 1
    code: str = "common_time"

    def allows(self, rows: Ints) -> Bools:
        both = np.bitwise_count(self.mentees[rows][:, None] & self._mentors()[None, :])
        answer: Bools = (both >= self.least) | (self.mentees[rows] == 0)[:, None]
        return answer

    def _mentors(self) -> Masks:
        return np.where(self.mentors == 0, ALWAYS, self.mentors)

    def term(self) -> Shared:
        zero = np.zeros(len(self.mentees), dtype=np.int64)
        unknown = self.mentees == 0
        return Shared(
            rows=self.mentees,
            cols=self._mentors(),
            unit=zero,
            most=zero,
            base=zero,
            least=np.where(unknown, 0, self.least),
        )

    def explain(self, i: int, j: int) -> Reason:
        both = int(np.bitwise_count(self.mentees[i] & self.mentors[j]))
        return Reason(
            self.code,
            "They are free together in {both} slots a week; {least} are needed.",
            facts={"both": both, "least": self.least},
        )
