"""Where themes stand on a map: near each other when the same people say them.

The distance of two themes is one less their Jaccard index: those who have both, of those who have either. Classical
scaling (Torgerson 1952) puts them on a plane; there they go halfway to even steps along each axis, so that one that
stands alone does not press the others together, and those whose names would overlap are moved apart. The same counts
give the same map.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mlezi.methods.coding.columns import Numbers

STEPS, APART, STRETCH = 400, 0.19, 1.6
WIDE = 1.5  # how much further apart side by side than one above the other: a name is wider than it is high


Places = np.ndarray[Any, np.dtype[np.float64]]


def distances(both: Numbers) -> Places:
    """`both` counts for each two themes who have both; on its diagonal, who has the theme."""
    each = np.diag(both).astype(float)
    either = each[:, None] + each[None, :] - both
    shared: Places = np.divide(both, either, out=np.zeros_like(either), where=either > 0)
    return 1 - shared


def places(both: Numbers) -> list[tuple[float, float]]:
    """A place for each theme, both numbers from 0 to 1."""
    n = len(both)
    if n == 0:
        return []
    far = distances(both)
    np.fill_diagonal(far, 0)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-centre @ far**2 @ centre / 2)
    at = np.zeros((n, 2))
    for axis in range(min(2, n)):
        one = vectors[:, -1 - axis] * np.sqrt(max(values[-1 - axis], 0))
        at[:, axis] = one * (-1 if one[np.argmax(np.abs(one))] < 0 else 1)  # an axis has no side of its own
    at = _fitted(at)
    return [(float(x), float(y)) for x, y in _apart((at + _evenly(at)) / 2 if n > 2 else at)]


def _fitted(at: Places) -> Places:
    """From 0 to 1 along the longer axis; the other is drawn out a little with it, so that near stays near."""
    low, high = at.min(axis=0), at.max(axis=0)
    long = float((high - low).max())
    if long < 1e-9:
        return np.full_like(at, 0.5)
    wide = np.maximum(high - low, long / STRETCH)
    found: Places = np.clip((at - (low + high) / 2) / wide + 0.5, 0, 1)
    return found


def _evenly(at: Places) -> Places:
    """The same order along each axis, in even steps; those on one spot share a step."""
    found = np.zeros_like(at)
    for axis in (0, 1):
        steps = np.unique(np.round(at[:, axis], 6), return_inverse=True)[1].reshape(-1)
        found[:, axis] = steps / steps.max() if steps.max() else 0.5
    return found


def _apart(at: Places) -> Places:
    """Those nearer than they may be push each other away, until none does; the border holds them."""
    at = at.copy()
    n = len(at)
    turn = np.arange(n) * 2.399963  # those on one spot go different ways, the golden angle apart
    at += 1e-3 * np.column_stack((np.cos(turn), np.sin(turn)))
    for _ in range(STEPS):
        gaps = at[:, None, :] - at[None, :, :]
        far = np.sqrt((gaps[:, :, 0] / WIDE) ** 2 + gaps[:, :, 1] ** 2)
        np.fill_diagonal(far, 9)
        push = np.clip(APART - far, 0, None)
        if not push.any():
            break
        at = np.clip(at + (gaps / far[:, :, None] * push[:, :, None] / 2).sum(axis=1) * 0.5, 0, 1)
    return at
