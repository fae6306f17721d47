"""At most so many mentees who asked for a mentor's identity: nobody is made everyone's only example."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlezi.methods.assignment.arrays import Ints


@dataclass(frozen=True)
class AskedCap:
    """A pair counts when the mentee asked (`wanted[i]` >= 0) and the mentor has that label.

    `most` (mentors,): how many such mentees each mentor takes, inside the places they have.
    """

    wanted: Ints
    labels: Ints
    most: Ints
    code: str = "asked_cap"

    def counts(self, i: Ints, j: Ints) -> np.typing.NDArray[np.bool_]:
        """Whether each pair (i[n], j[n]) is one that was asked for on identity grounds."""
        answer: np.typing.NDArray[np.bool_] = (self.wanted[i] >= 0) & (self.wanted[i] == self.labels[j])
        return answer
