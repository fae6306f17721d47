"""Does the mentor know what the mentee needs to learn? Need weighs expertise, competency by competency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Floats, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Features

LEVELS = 100  # expertise is kept in hundredths, as ratings are not finer


@dataclass(frozen=True)
class Competency:
    """`need` (mentees, competencies) of any size >= 0; `expertise` (mentors, competencies) from 0 to 1.

    A mentee's needs are turned into shares of the points. Nobody's expertise is guessed: NaN is 0.5.
    """

    need: Floats
    expertise: Floats
    names: tuple[str, ...] = ()
    weight: float = 1.0
    code: str = "competency"

    def _parts(self, rows: Ints, points: int) -> Ints:
        need = np.nan_to_num(self.need[rows].astype(np.float64))
        whole = need.sum(axis=1, keepdims=True)
        share = np.divide(need, whole, out=np.zeros_like(need), where=whole > 0)
        parts: Ints = np.floor(share * (points // LEVELS) + 1e-9).astype(np.int64)
        return parts

    def _levels(self) -> Ints:
        known = np.nan_to_num(self.expertise.astype(np.float64), nan=0.5)
        levels: Ints = np.rint(np.clip(known, 0, 1) * LEVELS).astype(np.int64)
        return levels

    def score(self, rows: Ints, points: int) -> Ints:
        answer = self._parts(rows, points) @ self._levels().T
        unknown = np.nan_to_num(self.need[rows]).sum(axis=1) <= 0
        answer[unknown] = points // 2
        return answer

    def term(self, points: int) -> Features:
        everyone = np.arange(len(self.need))
        base = np.where(np.nan_to_num(self.need).sum(axis=1) <= 0, points // 2, 0)
        return Features(self._parts(everyone, points), np.ascontiguousarray(self._levels().T), base)

    def explain(self, i: int, j: int, points: int) -> Reason:
        got = int(self.score(np.array([i]), points)[0, j])
        need = np.nan_to_num(self.need[i])
        if need.sum() <= 0:
            return Reason(
                f"{self.code}.unknown", "No needs are recorded, so every mentor counts the same here.", got, points
            )
        met = need * np.nan_to_num(self.expertise[j], nan=0.5)
        best = [d for d in np.argsort(-met, kind="stable")[:3] if met[d] > 0]
        named = ", ".join(self.names[d] if self.names else f"competency {d + 1}" for d in best)
        text = "Strong where help is needed: {named} ({share} % of the need covered)."
        if not best:
            text = "Little of what is needed is this mentor's field ({share} % of the need covered)."
        share = round(100 * got / points) if points else 0
        return Reason(self.code, text, got, points, {"named": named, "share": share})
