"""Names for the arrays used here, and sums that cannot overflow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Reals = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Masks = npt.NDArray[np.uint64]

UNIT = 1_000_000
"""Scores are whole numbers; this many points are a perfect match."""

FORBIDDEN = -8_000_000
"""Points of a pair that a rule forbids. Three of them still add up without loss in float32."""

NEVER = -(2**62)
"""The value of a pair that may not be made."""


def ints(values: object) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int64)


def exact_sum(values: Ints) -> int:
    """The sum as a Python integer: high and low halves are added apart, so nothing overflows."""
    high = values >> 32
    low = values & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())


def shares(weights: list[float], total: int) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `total` (largest remainders)."""
    wanted = np.asarray(weights, dtype=np.float64)
    if (wanted < 0).any():
        raise ValueError("A weight below zero has no meaning; leave the criterion out or reverse it.")
    if not wanted.sum():
        return [0 for _ in weights]
    exact = wanted / wanted.sum() * total
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return [int(value) for value in whole]


def ragged(lists: list[Ints]) -> tuple[Ints, Ints]:
    """Lists of different lengths laid end to end: (where each starts, the values)."""
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(part) for part in lists], out=starts[1:])
    values = np.concatenate(lists) if lists else np.zeros(0, dtype=np.int64)
    return starts, ints(values)
