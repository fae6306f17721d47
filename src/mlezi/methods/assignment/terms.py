"""The few shapes that a score can take, so that billions of pairs can be scored in seconds.

Every criterion and pair rule offers its points as one of these terms. All points are whole numbers and
small enough to be exact in float32, so a sum has one value whoever adds it up and in whatever order.
`between(rows)` gives points for the given mentees against every mentor, shape (len(rows), mentors).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import FORBIDDEN, Ints, Masks


@dataclass(frozen=True)
class Table:
    """Points by kind of mentee and kind of mentor: `points[rows[i], cols[j]]`."""

    rows: Ints
    cols: Ints
    points: Ints

    def between(self, rows: Ints) -> Ints:
        return self.points[self.rows[rows]][:, self.cols]


@dataclass(frozen=True)
class Features:
    """`base[i] + sum over d of parts[i, d] * levels[d, j]`; most mentees need only a few of the features."""

    parts: Ints
    levels: Ints
    base: Ints

    def between(self, rows: Ints) -> Ints:
        return self.base[rows][:, None] + self.parts[rows] @ self.levels


@dataclass(frozen=True)
class Shared:
    """Points for each bit that both have, up to `most[i]` of them; fewer than `least` is forbidden.

    Points: `base[i] + unit[i] * min(number of shared bits, most[i])`.
    """

    rows: Masks
    cols: Masks
    unit: Ints
    most: Ints
    base: Ints
    least: Ints

    def between(self, rows: Ints) -> Ints:
        both = np.bitwise_count(self.rows[rows][:, None] & self.cols[None, :]).astype(np.int64)
        points = self.base[rows][:, None] + self.unit[rows][:, None] * np.minimum(both, self.most[rows][:, None])
        return np.where(both < self.least[rows][:, None], FORBIDDEN, points)


@dataclass(frozen=True)
class Listed:
    """Points for single pairs (mentees[n], mentors[n]); FORBIDDEN bars a pair."""

    mentees: Ints
    mentors: Ints
    points: Ints


Term = Table | Features | Shared | Listed


def kinds(values: Ints) -> tuple[Ints, Ints]:
    """The different values, and for each element which of them it is."""
    different, which = np.unique(values, return_inverse=True)
    return different, which.astype(np.int64)
