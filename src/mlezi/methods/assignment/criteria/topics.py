"""Do their subjects meet? The share of the mentee's topics that the mentor works on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Bools, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Features


@dataclass(frozen=True)
class Topics:
    """`wanted` (mentees, topics) and `offered` (mentors, topics), true where the topic is theirs."""

    wanted: Bools
    offered: Bools
    names: tuple[str, ...] = ()
    weight: float = 1.0
    code: str = "topics"

    def _parts(self, rows: Ints, points: int) -> Ints:
        wanted = self.wanted[rows].astype(np.int64)
        parts: Ints = wanted * (points // np.maximum(1, wanted.sum(axis=1, keepdims=True)))
        return parts

    def score(self, rows: Ints, points: int) -> Ints:
        answer = self._parts(rows, points) @ self.offered.T.astype(np.int64)
        answer[~self.wanted[rows].any(axis=1)] = points // 2
        return answer

    def term(self, points: int) -> Features:
        everyone = np.arange(len(self.wanted))
        base = np.where(self.wanted.any(axis=1), 0, points // 2)
        return Features(self._parts(everyone, points), np.ascontiguousarray(self.offered.T, dtype=np.int64), base)

    def explain(self, i: int, j: int, points: int) -> Reason:
        got = int(self.score(np.array([i]), points)[0, j])
        if not self.wanted[i].any():
            return Reason(
                f"{self.code}.unknown", "No topics are recorded, so every mentor counts the same here.", got, points
            )
        both = np.flatnonzero(self.wanted[i] & self.offered[j])
        named = ", ".join(self.names[d] if self.names else f"topic {d + 1}" for d in both) or "none"
        return Reason(
            self.code,
            "Topics in common: {named} ({both} of {wanted}).",
            got,
            points,
            {"named": named, "both": len(both), "wanted": int(self.wanted[i].sum())},
        )
