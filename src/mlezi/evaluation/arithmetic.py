"""From counts and amounts to a figure's numbers. Pure; the statistics are those of `methods.statistics`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlezi.methods.statistics import proportions, quantiles


@dataclass(frozen=True)
class Numbers:
    """A figure's numbers. `value` is None where there is no data, or where `is_hidden` says it may not be shown.

    n: how many count. of: among how many known (N). missing: how many besides, of unknown state.
    low, high: the 95 % interval. q1, q3, total: of amounts.
    """

    value: float | None
    n: int | None
    of: int | None
    missing: int | None
    low: float | None = None
    high: float | None = None
    q1: float | None = None
    q3: float | None = None
    total: float | None = None
    is_hidden: bool = False

    def hidden(self) -> Numbers:
        return Numbers(None, None, None, None, is_hidden=True)


def of_counts(n: int, of: int, asked: int, *, is_count: bool) -> Numbers:
    """A share with Wilson's interval, or a count (which has none). Of nobody there is no data."""
    if of == 0:
        return Numbers(None, None, 0, asked)
    if is_count:
        return Numbers(float(n), n, of, asked - of)
    low, high = proportions.bounds(n, of)
    return Numbers(n / of, n, of, asked - of, low, high)


def of_ratio(amount: float | None, of: float | None, known: int, asked: int) -> Numbers:
    """Sum over sum; no data where nothing is known or the denominator is nothing."""
    if not known or not of or amount is None:
        return Numbers(None, None, known, asked - known)
    return Numbers(float(amount) / float(of), known, known, asked - known, total=float(amount))


def of_spread(found: Sequence[tuple[float | None, int]]) -> Numbers:
    """The median of amounts, each with how often it occurs; quartiles, total and the median's interval.

    Quantiles are of type 7. The interval is that of order statistics, None when too few for one.
    """
    amounts = np.array([amount for amount, _ in found], dtype=float)  # None becomes "not a number"
    times = np.array([times for _, times in found], dtype=int)
    is_known = ~np.isnan(amounts)
    missing = int(times[~is_known].sum())
    if not is_known.any():
        return Numbers(None, None, 0, missing)
    # In order, so that the same amounts add up to the same total.
    values = np.sort(np.repeat(amounts[is_known], times[is_known]))
    found_median = quantiles.median(values)
    return Numbers(
        found_median.point,
        len(values),
        len(values),
        missing,
        found_median.low,
        found_median.high,
        found_median.numbers["q1"],
        found_median.numbers["q3"],
        total=float(values.sum()),
    )
