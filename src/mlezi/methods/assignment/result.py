"""The answer to a problem: pairs, their scores, and the certificate. The same question gives the same bytes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import numpy as np

from .arrays import Ints
from .certificate import Certificate


@dataclass(frozen=True)
class Result:
    """Pairs are mentee `i[n]` with mentor `j[n]`, sorted; `score` in millionths of a full score.

    `gain` (mentees,): what each gets above the price of a place; `price` (columns,): what a place is worth.
    """

    i: Ints
    j: Ints
    score: Ints
    gain: Ints
    price: Ints
    certificate: Certificate
    rounds: int

    @property
    def served(self) -> int:
        """Mentees with at least one mentor."""
        return len(np.unique(self.i))

    @property
    def quality(self) -> float:
        """The sum of scores; 1.0 is one perfect pair."""
        return int(self.score.sum()) / 1e6

    def mentors_of(self, i: int) -> list[int]:
        return [int(j) for j in self.j[self.i == i]]

    def mentees_of(self, j: int) -> list[int]:
        return [int(i) for i in self.i[self.j == j]]

    def to_bytes(self) -> bytes:
        """Canonical JSON, for keeping beside a published round."""
        parts = {
            "pairs": [[int(i), int(j), int(s)] for i, j, s in zip(self.i, self.j, self.score, strict=True)],
            "gain": self.gain.tolist(),
            "certificate": asdict(self.certificate),
            "rounds": self.rounds,
        }
        return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()
