"""P-values adjusted for several questions asked of the same data.

Holm keeps the chance of even one false claim at the level; Benjamini-Hochberg keeps the expected share of false
claims. Sources: Holm 1979, Scand J Stat 6:65; Benjamini and Hochberg 1995, J R Stat Soc B 57:289.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from mlezi.methods.statistics.values import BadValue, Numbers, Value, with_gaps


def holm(p_values: Iterable[Value]) -> list[float | None]:
    """Holm's step-down adjustment, in the order given; gaps stay gaps and do not count as questions."""

    def adjust(ordered: Numbers) -> Numbers:
        steps = ordered * np.arange(ordered.size, 0, -1)
        largest: Numbers = np.maximum.accumulate(steps)
        return largest

    return _adjusted(p_values, adjust)


def benjamini_hochberg(p_values: Iterable[Value]) -> list[float | None]:
    """The step-up adjustment for the false discovery rate, in the order given; gaps stay gaps."""

    def adjust(ordered: Numbers) -> Numbers:
        steps = ordered * (ordered.size / np.arange(1, ordered.size + 1))  # in this order never below p
        smallest: Numbers = np.minimum.accumulate(steps[::-1])[::-1]
        return smallest

    return _adjusted(p_values, adjust)


def _adjusted(p_values: Iterable[Value], adjust: Callable[[Numbers], Numbers]) -> list[float | None]:
    given = with_gaps(p_values, what="p-value")
    if np.any((given < 0) | (given > 1)):
        raise BadValue("p-values lie between 0 and 1")
    places = np.flatnonzero(~np.isnan(given))
    order = places[np.argsort(given[places], kind="stable")]
    found: list[float | None] = [None] * given.size
    for place, value in zip(order, adjust(given[order]), strict=True):
        found[int(place)] = float(min(1.0, value))
    return found
