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

    def to_bytes(self) -> bytes:
        """Canonical JSON, for keeping beside a published round."""
        parts = {
            "pairs": [[int(i), int(j), int(s)] for i, j, s in zip(self.i, self.j, self.score, strict=True)],
            "gain": self.gain.tolist(),
            "certificate": asdict(self.certificate),
            "rounds": self.rounds,
        }
        return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Result:
        """The result whose `to_bytes` this is. Raises `ValueError` when it is none."""
        try:
            parts = json.loads(content)
            said = dict(parts["certificate"])
            versions = tuple((str(name), str(number)) for name, number in said.pop("versions"))
            price = tuple(int(p) for p in said.pop("price"))
            i, j, score = np.array(parts["pairs"], dtype=np.int64).reshape(-1, 3).T.copy()
            return cls(
                i=i,
                j=j,
                score=score,
                gain=np.array(parts["gain"], dtype=np.int64),
                price=np.array(price, dtype=np.int64),
                certificate=Certificate(price=price, versions=versions, **said),
                rounds=parts["rounds"],
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError("This is not an answer that can be read.") from error
