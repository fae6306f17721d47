"""The pairs that the exact solver is given; they only ever become more."""

from __future__ import annotations

import numpy as np

from .arrays import Ints
from .network import Network, Valuation
from .scoring import Sparse
from .sweep import Pairs


class Candidates:
    """Known pairs as sorted keys (mentee * mentors + mentor) with their worth; forbidden ones are known too."""

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        self.m = max(1, valuation.problem.n_mentors)
        self.keys = np.zeros(0, dtype=np.int64)
        self.worth = np.zeros(0, dtype=np.int64)
        for listed in (valuation.scorer.listed, valuation.extra):
            self.add(self._pairs(listed))

    def _pairs(self, listed: Sparse) -> Pairs:
        return Pairs(np.repeat(np.arange(len(listed.starts) - 1), np.diff(listed.starts)), listed.mentors)

    def add(self, pairs: Pairs) -> None:
        """Take in these pairs (sorted, none twice); those that are known already stay as they are."""
        keys = pairs.i * self.m + pairs.j
        place = np.searchsorted(self.keys, keys)
        if len(self.keys):
            fresh = self.keys[np.minimum(place, len(self.keys) - 1)] != keys
            keys, place, pairs = keys[fresh], place[fresh], Pairs(pairs.i[fresh], pairs.j[fresh])
        self.keys = np.insert(self.keys, place, keys)
        self.worth = np.insert(self.worth, place, self.valuation.pairs(pairs.i, pairs.j))

    def known(self) -> Pairs:
        return Pairs(self.keys // self.m, self.keys % self.m)

    def network(self) -> tuple[Network, Ints]:
        """The network of all that may be used, and the key of each of its arcs."""
        good = self.worth >= 0
        keys, worth = self.keys[good], self.worth[good]
        return self.valuation.network(keys // self.m, keys % self.m, worth), keys
