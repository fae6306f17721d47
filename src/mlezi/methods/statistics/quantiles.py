"""Quantiles of type 7 (linear interpolation; the default of R and NumPy), median with quartiles, interval.

Packages differ in the type and printed quartiles then move by a year; ours is always named.
Sources: Hyndman and Fan 1996, The American Statistician 50:361 (types); Hahn and Meeker 1991, Statistical
Intervals, section 5.2 (distribution-free interval from order statistics).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
from scipy.special import bdtr

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note
from mlezi.methods.statistics.values import BadValue, Numbers, Value, present

METHOD = "Quantile of type 7"
VARIANT = "linear interpolation; interval from order statistics"


def quantile(
    values: Iterable[Value], probability: float, *, level: float = 0.95, estimand: str | None = None
) -> Estimate:
    """The value below which the given share lies, with a distribution-free interval.

    The interval holds at least `level`; with too few values for one its bounds are None and a note says so.
    `numbers`: q1, q3, min, max. Raises BadValue unless the probability lies between 0 and 1.
    """
    check_level(level)
    if not 0 <= probability <= 1:
        raise BadValue(f"a quantile is asked for a share between 0 and 1, not {probability}")
    estimand = estimand or f"Value below which {100 * probability:g} % lie"
    found, asked = present(values)
    n = int(found.size)
    if n == 0:
        return empty(
            nothing_used(asked), estimand=estimand, method=METHOD, variant=VARIANT, n_eligible=asked, level=level
        )
    ordered = np.sort(found)
    low, high = _order_interval(ordered, probability, level)
    point, q1, q3 = map(float, np.quantile(ordered, (probability, 0.25, 0.75)))
    notes: tuple[Note, ...] = (note("few", n=n, needed=FEW),) if n < FEW else ()
    if low is None or high is None:
        low = high = None
        notes += (note("no_interval", needed=_needed(probability, level), n=n),)
    return Estimate(
        estimand=estimand,
        method=METHOD,
        variant=VARIANT,
        n_used=n,
        n_eligible=asked,
        point=point,
        low=low,
        high=high,
        level=level,
        warnings=notes + missing_note(n, asked),
        numbers={
            "q1": q1,
            "q3": q3,
            "min": float(ordered[0]),
            "max": float(ordered[-1]),
        },
    )


def median(values: Iterable[Value], *, level: float = 0.95, estimand: str = "Median") -> Estimate:
    """The median with quartiles in `numbers` (q1, q3), as printed "median (IQR)"."""
    return quantile(values, 0.5, level=level, estimand=estimand)


def _order_interval(ordered: Numbers, probability: float, level: float) -> tuple[float | None, float | None]:
    """The innermost order statistics with at most half of 1 - level in each tail; None where none exist."""
    n, tail = ordered.size, (1 - level) / 2

    def below(k: int) -> float:
        """P(at most k of n lie below the quantile); it grows with k."""
        return float(bdtr(k, n, probability))

    # The bound x_(k+1) is safe below when P(at most k) <= tail, x_(k) above when P(at least k) <= tail.
    low_place = bisect_left(range(n), True, key=lambda k: below(k) > tail) - 1
    high_place = bisect_left(range(n), True, key=lambda k: 1 - below(k) <= tail)
    return (
        float(ordered[low_place]) if low_place >= 0 else None,
        float(ordered[high_place]) if high_place < n else None,
    )


def _needed(probability: float, level: float) -> int:
    """The smallest sample that has an interval: both tails, p^n and (1-p)^n, at most half of 1 - level."""
    worst = max(probability, 1 - probability)
    if worst >= 1:
        return 0
    return int(np.ceil(np.log((1 - level) / 2) / np.log(worst)))
