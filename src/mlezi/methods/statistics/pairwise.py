"""Order statistics of all pairwise sums of two lists without writing them all down.

Used for Hodges-Lehmann estimates: the median of pairwise means or differences and its interval (Hodges and Lehmann
1963, Ann Math Stat 34:598). Short lists are sorted directly; long ones are searched by bisection (counting pairs
below a limit takes n log n), so 100,000 people need no 10^10 numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mlezi.methods.statistics.values import Numbers

DIRECT = 1500  # Up to this many in each list, all pairs fit in a few megabytes.


def kth_walsh_mean(values: Numbers, k: int) -> float:
    """The k-th smallest (from 1) of the means of all pairs, each value also paired with itself."""
    n = values.size
    _check(k, n * (n + 1) // 2)
    if n <= DIRECT:
        one, two = np.triu_indices(n)
        means = (values[one] + values[two]) / 2
        return float(np.partition(means, k - 1)[k - 1])
    ordered, times, up_to = _counted(values)

    def at_most(limit: float) -> int:
        both = int((up_to[np.searchsorted(ordered, 2 * limit - ordered, side="right")] * times).sum())
        alone = int(up_to[np.searchsorted(ordered, limit, side="right")])
        return (both + alone) // 2

    return _bisect(at_most, k, float(ordered[0]), float(ordered[-1]))


def kth_difference(first: Numbers, second: Numbers, k: int) -> float:
    """The k-th smallest (from 1) of all differences, one of the first less one of the second."""
    _check(k, first.size * second.size)
    if max(first.size, second.size) <= DIRECT:
        differences = (first[:, None] - second[None, :]).ravel()
        return float(np.partition(differences, k - 1)[k - 1])
    ordered, _, up_to = _counted(first)
    others, times, _ = _counted(second)

    def at_most(limit: float) -> int:
        return int((up_to[np.searchsorted(ordered, limit + others, side="right")] * times).sum())

    return _bisect(at_most, k, float(first.min() - second.max()), float(first.max() - second.min()))


def median_walsh_mean(values: Numbers) -> float:
    """The median of the pairwise means: the Hodges-Lehmann centre of one list."""
    pairs = values.size * (values.size + 1) // 2
    return (kth_walsh_mean(values, (pairs + 1) // 2) + kth_walsh_mean(values, pairs // 2 + 1)) / 2


def median_difference(first: Numbers, second: Numbers) -> float:
    """The median of all differences: the Hodges-Lehmann shift between two lists."""
    pairs = first.size * second.size
    return (kth_difference(first, second, (pairs + 1) // 2) + kth_difference(first, second, pairs // 2 + 1)) / 2


def _counted(values: Numbers) -> tuple[Numbers, NDArray[np.int64], NDArray[np.int64]]:
    """Each value once in order, how often it occurs, and how many lie before each place: scores repeat a lot."""
    ordered, times = np.unique(values, return_counts=True)
    return ordered, times.astype(np.int64), np.concatenate([[0], np.cumsum(times)]).astype(np.int64)


def _check(k: int, pairs: int) -> None:
    if not 1 <= k <= pairs:
        raise ValueError(f"there is no pair number {k} among {pairs}")


def _bisect(at_most: Callable[[float], int], k: int, low: float, high: float) -> float:
    """The smallest number with at least k pairs at or below it, to the last digits of a float."""
    for _ in range(200):
        middle = low + (high - low) / 2
        if middle in (low, high):
            break
        if at_most(middle) >= k:
            high = middle
        else:
            low = middle
    return high
