"""The mean with its t interval, standard deviation (n - 1), median and quartiles beside it.

Sources: Student 1908; Terwee et al. 2007, J Clin Epidemiol 60:34 (floor and ceiling: 15 % at an end of the scale).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note
from mlezi.methods.statistics.values import Numbers, Value, present

CROWDED = 0.15  # Terwee et al. 2007
MANY = 30  # From here on the mean is near enough to normal for the skews that ratings have.


def mean(
    values: Iterable[Value],
    *,
    level: float = 0.95,
    lowest: float | None = None,
    highest: float | None = None,
    estimand: str = "Mean",
) -> Estimate:
    """The mean of the values present. `lowest` and `highest` are the ends of the scale, to mark floor and ceiling.

    One value has a mean but no interval. `numbers`: sd, se (both from two values on), median, q1, q3, min, max.
    """
    method = "Mean with t interval"
    check_level(level)
    found, asked = present(values)
    n = int(found.size)
    if n == 0:
        return empty(nothing_used(asked), estimand=estimand, method=method, n_eligible=asked, level=level)
    middle = float(found.mean())
    names, shares = ("median", "q1", "q3", "min", "max"), (0.5, 0.25, 0.75, 0.0, 1.0)
    numbers = dict(zip(names, map(float, np.quantile(found, shares)), strict=True))
    notes: tuple[Note, ...] = (note("few", n=n, needed=FEW),) if n < FEW else ()
    low = high = None
    if n == 1:
        notes += (note("no_interval", needed=2, n=1),)
    else:
        sd = spread(found)
        half = t_of(level, n - 1) * sd / sqrt(n)
        low, high = middle - half, middle + half
        numbers |= {"sd": sd, "se": sd / sqrt(n)}
    return Estimate(
        estimand=estimand,
        method=method,
        n_used=n,
        n_eligible=asked,
        point=middle,
        low=low,
        high=high,
        level=level,
        warnings=notes + shape_notes(found) + crowding_notes(found, lowest, highest) + missing_note(n, asked),
        numbers=numbers,
    )


def t_of(level: float, df: float) -> float:
    """The t quantile of a two-sided level."""
    return float(stdtrit(df, 0.5 + level / 2))


def p_of_t(t: float, df: float) -> float:
    """The two-sided p-value of a t statistic."""
    return float(2 * stdtr(df, -abs(t)))


def spread(values: Numbers) -> float:
    """The standard deviation with n - 1; exactly zero when all values are equal, whatever rounding does."""
    return 0.0 if is_constant(values) else float(np.std(values, ddof=1))


def is_constant(values: Numbers) -> bool:
    """Whether there is no variation, or less than can be squared and told from nothing; one value has none."""
    return bool(values.size < 2 or np.all(values == values[0]) or np.std(values) == 0)


def shape_notes(values: Numbers) -> tuple[Note, ...]:
    """No variation, or skewed and few: where the t interval should not be leaned on."""
    if values.size < 2:
        return ()
    if is_constant(values):
        return (note("no_spread"),)
    if 3 <= values.size < MANY:
        centred = (values - values.mean()) / np.std(values)
        if abs(float(np.mean(centred**3))) > 1:
            return (note("not_normal"),)
    return ()


def crowding_notes(values: Numbers, lowest: float | None, highest: float | None) -> tuple[Note, ...]:
    """Floor and ceiling, where the ends of the scale are known."""
    notes: tuple[Note, ...] = ()
    for code, end in (("floor", lowest), ("ceiling", highest)):
        if end is not None and values.size:
            at_end = float(np.mean(values == end))
            if at_end >= CROWDED:
                notes += (note(code, percent=round(100 * at_end, 1)),)
    return notes
