"""The proof that comes with an answer: what it is worth, and that nothing can be worth more.

For any prices P of places, no assignment is worth more than
    sum over mentees of their `wants` best positive (worth - price) + what the places earn at these prices,
where each place earns max(0, price of its column - price of the parent - its own cost). This is the dual of
the assignment problem; at the right prices the two sides are equal (Kantorovich; Egerváry; Kuhn 1955).
All numbers are whole, so `worth == bound` is a proof without tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata

import numpy as np

from .arrays import Ints, exact_sum
from .network import Columns


@dataclass(frozen=True)
class Certificate:
    """`worth` and `bound` in millionths of a full score, times `scale`; `price` (columns,) proves the bound.

    `problem` is the digest of what was asked; `proved_by` names the method that found the prices.
    """

    worth: int
    bound: int
    scale: int
    price: tuple[int, ...]
    problem: str
    seed: int
    proved_by: str
    versions: tuple[tuple[str, str], ...]

    @property
    def is_optimal(self) -> bool:
        return self.worth == self.bound

    @property
    def gap(self) -> float:
        """The share of the bound that may be missing; 0.0 exactly when the answer is optimal."""
        return 0.0 if self.is_optimal else (self.bound - self.worth) / max(1, self.bound)


def place_earnings(sides: Columns, price: Ints) -> int:
    """What all places earn at these prices."""
    above = np.where(sides.parent >= 0, price[sides.parent], 0)
    each = np.repeat(price - above, sides.places) - sides.costs
    return exact_sum(np.maximum(0, each))


def best_sums(left: Ints, rows: Ints, wants: Ints) -> int:
    """The sum over rows of their `wants[row]` largest positive values; `rows` is sorted."""
    positive = left > 0
    left, rows = left[positive], rows[positive]
    if not len(left):
        return 0
    if wants.max() > 1:
        order = np.lexsort((-left, rows))
        left, rows = left[order], rows[order]
        first = np.searchsorted(rows, rows)
        nth = np.arange(len(rows)) - first
        return exact_sum(left[nth < wants[rows]])
    at = np.flatnonzero(np.diff(rows, prepend=-1))
    return exact_sum(np.maximum.reduceat(left, at)[wants[rows[at]] > 0])


def nth_best(left: Ints, rows: Ints, wants: Ints) -> Ints:
    """Each row's `wants[row]`-th largest value, 0 where that is negative or not there; `rows` is sorted."""
    found = np.zeros(len(wants), dtype=np.int64)
    order = np.lexsort((-left, rows))
    left, rows = left[order], rows[order]
    last = np.arange(len(rows)) - np.searchsorted(rows, rows) == wants[rows] - 1
    found[rows[last]] = np.maximum(left[last], 0)
    return found


def versions() -> tuple[tuple[str, str], ...]:
    """The software that takes part in the arithmetic; it is the same arithmetic with and without numba."""
    return tuple((name, metadata.version(name)) for name in ("mlezi", "numpy"))
