"""Turns plain sequences with gaps into clean arrays. None and NaN are gaps; text and infinity are errors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Value = float | None


class BadValue(ValueError):
    """A value that is neither a number nor a gap; says which one."""


def with_gaps(values: Iterable[Value], *, what: str = "value") -> Numbers:
    """All values as floats, gaps as NaN. Raises BadValue for text and infinity, with their place from 1."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "fiub":
        found = values.astype(np.float64, copy=False)  # a column of millions is not walked one by one
    else:
        found = np.array([_number(value, place, what) for place, value in enumerate(values, start=1)], dtype=np.float64)
    if np.isinf(found).any():
        raise BadValue(f"{what} {int(np.flatnonzero(np.isinf(found))[0]) + 1} is infinite")
    return found


def _number(value: object, place: int, what: str) -> float:
    if value is None:
        return math.nan
    if isinstance(value, str | bytes):
        raise BadValue(f"{what} {place} is text, not a number: {value!r}")
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise BadValue(f"{what} {place} is not a number: {value!r}") from error


def present(values: Iterable[Value], *, what: str = "value") -> tuple[Numbers, int]:
    """The values without gaps, and how many there were with gaps (the eligible)."""
    found = with_gaps(values, what=what)
    return found[~np.isnan(found)], int(found.size)


def complete_pairs(first: Iterable[Value], second: Iterable[Value]) -> tuple[Numbers, Numbers, int]:
    """Both series where both are present, in order, and the number of places. Raises BadValue if unequal."""
    one, two = with_gaps(first, what="first value"), with_gaps(second, what="second value")
    if one.size != two.size:
        raise BadValue(f"the two series differ in length: {one.size} and {two.size}")
    both = ~(np.isnan(one) | np.isnan(two))
    return one[both], two[both], int(one.size)


def difference(new: Numbers, old: Numbers) -> Numbers:
    """New less old without the noise of binary fractions, so that 0.3 - 0.2 ties with 0.2 - 0.1 and equals are zero.

    Rounds to the twelfth digit of the largest number; no measurement has more.
    """
    size = max(float(np.max(np.abs(new), initial=0.0)), float(np.max(np.abs(old), initial=0.0)))
    result: Numbers = new - old
    return result if size == 0 else np.round(result, 12 - math.ceil(math.log10(size)))


def table(rows: Sequence[Iterable[Value]], *, what: str = "value") -> Numbers:
    """Rows of equal length as a 2-d array, gaps as NaN. No rows gives a 0 by 0 array."""
    if isinstance(rows, np.ndarray):
        found = rows.astype(np.float64) if rows.size else np.empty((0, 0))
        if np.isinf(found).any():
            raise BadValue(f"a {what} is infinite")
        return found
    lines = [with_gaps(row, what=f"row {place} {what}") for place, row in enumerate(rows, start=1)]
    widths = {line.size for line in lines}
    if len(widths) > 1:
        raise BadValue(f"rows differ in length: {sorted(widths)}")
    return np.vstack(lines) if lines else np.empty((0, 0))
