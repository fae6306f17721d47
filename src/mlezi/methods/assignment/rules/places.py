"""How many mentees a mentor can take: the round's own limit, and the load they carry in all programmes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Bools, Ints


@dataclass(frozen=True)
class Places:
    """`here` (mentors,): wished at most in this round; `total`: at most in all programmes together (-1 = no limit);
    `elsewhere`: mentees they have already; `available`: false takes a mentor out of the round.
    """

    here: Ints
    total: Ints | None = None
    elsewhere: Ints | None = None
    available: Bools | None = None

    def free(self) -> Ints:
        """Free places (mentors,), never below zero."""
        places = np.maximum(0, self.here)
        if self.total is not None:
            left = self.total - (self.elsewhere if self.elsewhere is not None else 0)
            places = np.where(self.total < 0, places, np.minimum(places, np.maximum(0, left)))
        if self.available is not None:
            places = np.where(self.available, places, 0)
        return places.astype(np.int64)
