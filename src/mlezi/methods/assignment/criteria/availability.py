"""Are they free at the same times? Shifts and calendars as slots of the week, one bit each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Ints, Masks
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Shared


@dataclass(frozen=True)
class Availability:
    """`mentees`, `mentors`: up to 64 slots, bit set = free then (0 = unknown, counted as half).

    `wanted` (mentees,): how many common slots are enough for full points.
    """

    mentees: Masks
    mentors: Masks
    wanted: Ints
    weight: float = 1.0
    code: str = "availability"

    def score(self, rows: Ints, points: int) -> Ints:
        mine = self.mentees[rows]
        both = np.bitwise_count(mine[:, None] & self._mentors()[None, :]).astype(np.int64)
        enough = np.maximum(1, self.wanted[rows])[:, None]
        answer: Ints = (points // enough) * np.minimum(both, enough)
        answer[mine == 0] = points // 2
        return answer

    def _mentors(self) -> Masks:
        # A mentor who has given no times is asked, not ruled out: free in every second slot.
        return np.where(self.mentors == 0, np.uint64(0x5555555555555555), self.mentors)

    def term(self, points: int) -> Shared:
        enough = np.maximum(1, self.wanted)
        unknown = self.mentees == 0
        return Shared(
            rows=self.mentees,
            cols=self._mentors(),
            unit=np.where(unknown, 0, points // enough),
            most=enough,
            base=np.where(unknown, points // 2, 0),
            least=np.zeros(len(self.mentees), dtype=np.int64),
        )

    def explain(self, i: int, j: int, points: int) -> Reason:
        got = int(self.score(np.array([i]), points)[0, j])
        if not self.mentees[i] or not self.mentors[j]:
            return Reason(
                f"{self.code}.unknown", "Free times are not recorded on both sides; ask before planning.", got, points
            )
        both = int(np.bitwise_count(self.mentees[i] & self.mentors[j]))
        return Reason(
            self.code,
            "Free at the same time in {both} slots a week ({wanted} wished).",
            got,
            points,
            {"both": both, "wanted": int(self.wanted[i])},
        )
