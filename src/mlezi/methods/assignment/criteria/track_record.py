"""Has the mentor done it before? A record of funded projects, roles and years as one share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Floats, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Table


def strength(*, led: Ints, joined: Ints, half_at: float = 3.0) -> Floats:
    """A share from 0 to 1 from counts of funded projects: `x / (x + half_at)`, x = led + joined / 3.

    Money is not counted: amounts say more about the field than about the mentor.
    """
    amount = np.asarray(led, dtype=np.float64) + np.asarray(joined, dtype=np.float64) / 3
    answer: Floats = amount / (amount + half_at)
    return answer


@dataclass(frozen=True)
class TrackRecord:
    """`record` (mentors,) from 0 to 1, for example from `strength`; NaN = unknown, counted as half."""

    record: Floats
    n_mentees: int
    weight: float = 1.0
    code: str = "track_record"

    def _points(self, points: int) -> Ints:
        answer: Ints = np.rint(np.clip(np.nan_to_num(self.record, nan=0.5), 0, 1) * points).astype(np.int64)
        return answer

    def score(self, rows: Ints, points: int) -> Ints:
        return np.repeat(self._points(points)[None, :], len(rows), axis=0)

    def term(self, points: int) -> Table:
        nobody_differs = np.zeros(self.n_mentees, dtype=np.int64)
        return Table(nobody_differs, np.arange(len(self.record)), self._points(points)[None, :])

    def explain(self, i: int, j: int, points: int) -> Reason:
        got = int(self._points(points)[j])
        if np.isnan(self.record[j]):
            return Reason(f"{self.code}.unknown", "No track record is on file; counted as half.", got, points)
        return Reason(
            self.code, "Track record {share} of 100.", got, points, {"share": round(100 * float(self.record[j]))}
        )
