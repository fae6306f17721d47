"""Hides small counts, and as few others as needed so that nobody can work them out from what is printed.

Three steps: the rule (a count of 1 to threshold - 1 is hidden, zeros as the policy says), the complement (further
cells are hidden until each small count could be at least the threshold, given every printed number), and the audit:
a linear programme finds the lowest and highest value each hidden cell could have for a reader. Totals are cells
too, so tables of any shape, with sub-totals, or linked by common cells, are protected together.

Sources: Washington State Department of Health, Small Numbers Standards (primary and secondary suppression);
Fischetti and Salazar 2000, Management Science 46:1008 (cell suppression with protection levels by linear
programme); Kelly, Golden and Assad 1992, Networks 22:397 (the cheapest disturbance as a heuristic).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mlezi.methods.statistics.estimate import Estimate, empty
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.values import BadValue, Numbers

Key = Hashable
Relation = tuple[Key, Sequence[Key]]  # a total and its parts
Zeros = Literal["show", "hide"]


@dataclass(frozen=True)
class Protection:
    """What may be printed. `shown` lacks the hidden cells; `ranges` is what a reader can still work out."""

    shown: Mapping[Key, int]
    primary: frozenset[Key]
    secondary: frozenset[Key]
    ranges: Mapping[Key, tuple[float, float | None]]
    threshold: int
    zeros: Zeros

    @property
    def hidden(self) -> frozenset[Key]:
        return self.primary | self.secondary


def protect(
    counts: Mapping[Key, int],
    relations: Sequence[Relation] = (),
    *,
    threshold: int = 5,
    zeros: Zeros = "show",
) -> Protection:
    """Choose what to hide among `counts` (parts and totals alike), given which cells add up to which.

    Every cell named in a relation must be in `counts`; linked tables share keys. With zeros "show" a zero is
    always printed (and readers know that a hidden cell is at least 1); with "hide" it counts as small.
    Raises BadValue when a relation does not add up or a count is negative.
    """
    _check(counts, relations, threshold)
    least = 1 if zeros == "show" else 0
    keys = list(counts)
    primary = frozenset(key for key in keys if is_small(counts[key], threshold=threshold, zeros=zeros))
    system = _System(keys, counts, relations, least)
    hidden = set(primary)
    for key in sorted(primary, key=lambda one: (counts[one], str(one))):
        hidden |= system.cheapest_cover(key, hidden, threshold)
    ranges = {key: system.span(key, hidden) for key in keys if key in hidden}
    return Protection(
        shown={key: counts[key] for key in keys if key not in hidden},
        primary=primary,
        secondary=frozenset(hidden) - primary,
        ranges=ranges,
        threshold=threshold,
        zeros=zeros,
    )


def protect_table(rows: Sequence[Sequence[int]], *, threshold: int = 5, zeros: Zeros = "show") -> Protection:
    """Protect a two-way table whose row, column and grand totals are printed.

    Keys: (row, column) from 0; row totals (row, "total"), column totals ("total", column), ("total", "total").
    """
    counts: dict[Key, int] = {(i, j): int(cell) for i, row in enumerate(rows) for j, cell in enumerate(row)}
    height, width = len(rows), len(rows[0]) if rows else 0
    if any(len(row) != width for row in rows):
        raise BadValue("the rows of the table differ in length")
    relations: list[Relation] = [((i, "total"), [(i, j) for j in range(width)]) for i in range(height)]
    relations += [(("total", j), [(i, j) for i in range(height)]) for j in range(width)]
    for total, parts in relations:
        counts[total] = sum(counts[part] for part in parts)
    everything: Key = ("total", "total")
    counts[everything] = sum(counts[(i, "total")] for i in range(height))
    relations.append((everything, [(i, "total") for i in range(height)]))
    relations.append((everything, [("total", j) for j in range(width)]))
    return protect(counts, relations, threshold=threshold, zeros=zeros)


def audit(
    shown: Mapping[Key, int],
    hidden: Iterable[Key],
    relations: Sequence[Relation],
    *,
    least: int = 0,
) -> dict[Key, tuple[float, float | None]]:
    """What a reader of `shown` can work out about each hidden cell: lowest and highest whole number (None: open).

    Works from printed numbers alone, so it can check a table that somebody else hid.
    """
    unknown = list(hidden)
    keys = [*shown, *unknown]
    system = _System(keys, {**dict.fromkeys(unknown, 0), **shown}, relations, least)
    return {key: system.span(key, set(unknown)) for key in unknown}


def is_small(count: int, *, threshold: int = 5, zeros: Zeros = "show") -> bool:
    """Whether the rule hides a count by itself."""
    return (count > 0 or zeros == "hide") and count < threshold


def protects(sizes: Collection[int], *, threshold: int = 5) -> bool:
    """Whether hidden groups of these sizes, whose sum a reader knows, hide each other: any could reach the threshold.

    A reader knows that each holds somebody: five groups of five people together hold one each.
    """
    return len(sizes) > 1 and sum(sizes) - (len(sizes) - 1) >= threshold


def withhold(estimate: Estimate, *, threshold: int = 5, zeros: Zeros = "show") -> Estimate:
    """The estimate, or an empty one when its group, its count or the rest of its group is too small to show.

    A share, mean or interval of a hidden count would give the count away, so everything goes, the numbers too;
    of `n_eligible` and `n_used` only what is not small remains.
    """
    n, count = estimate.n_used, estimate.numbers.get("count")
    small = is_small(n, threshold=threshold, zeros=zeros)
    if count is not None and n > 0:
        small |= is_small(int(count), threshold=threshold, zeros=zeros)
        small |= is_small(n - int(count), threshold=threshold, zeros=zeros)
    if not small:
        return estimate
    kept = 0 if is_small(n, threshold=threshold, zeros=zeros) else n
    return empty(
        note("withheld", threshold=threshold),
        estimand=estimate.estimand,
        method=estimate.method,
        variant=estimate.variant,
        n_used=kept,
        n_eligible=kept,
        level=estimate.level,
    )


def round_to_base(count: int, *, base: int = 5) -> int:
    """The nearest multiple of the base, halves up. Totals must be rounded by themselves, not added up."""
    if base < 1 or count < 0:
        raise BadValue("rounding needs a base of at least 1 and a count of at least 0")
    return (2 * count + base) // (2 * base) * base


def _check(counts: Mapping[Key, int], relations: Sequence[Relation], threshold: int) -> None:
    if threshold < 1:
        raise BadValue("the threshold is at least 1")
    for key, count in counts.items():
        if count < 0:
            raise BadValue(f"the count of {key!r} is negative")
    for total, parts in relations:
        if sum(counts[part] for part in parts) != counts[total]:
            raise BadValue(f"the parts of {total!r} do not add up to it")


class _System:
    """The equations "total less its parts is zero" over all cells, for the two programmes."""

    def __init__(self, keys: list[Key], counts: Mapping[Key, int], relations: Sequence[Relation], least: int):
        self.keys, self.least = keys, least
        self.place = {key: index for index, key in enumerate(keys)}
        self.counts: Numbers = np.array([counts[key] for key in keys], dtype=float)
        self.equations = np.zeros((len(relations), len(keys)))
        for row, (total, parts) in enumerate(relations):
            self.equations[row, self.place[total]] = 1
            for part in parts:
                self.equations[row, self.place[part]] -= 1

    def cheapest_cover(self, target: Key, hidden: set[Key], threshold: int) -> set[Key]:
        """The cells to hide so that `target` could be the threshold: the cheapest disturbance of the table.

        Disturbance = up less down per cell, in whole numbers, keeping all equations; cells that move must be
        hidden. Moving a hidden cell is nearly free, moving a shown one costs its count (large cells inform most).
        """
        from scipy.optimize import linprog  # noqa: PLC0415 - slow to load

        size = len(self.keys)
        is_hidden = np.array([key in hidden for key in self.keys])
        cost = np.where(is_hidden, 1e-6, 1.0 + self.counts)
        fixed = (self.counts < self.least) & ~is_hidden
        up_limits = [(0, 0 if frozen else None) for frozen in fixed]
        down_limits = [
            (0, 0 if frozen else max(0.0, count - self.least)) for frozen, count in zip(fixed, self.counts, strict=True)
        ]
        aim = self.place[target]
        rise = threshold - self.counts[aim]
        up_limits[aim], down_limits[aim] = (rise, None), (0, 0)
        answer = linprog(
            np.concatenate([cost, cost]),
            A_eq=np.hstack([self.equations, -self.equations]) if len(self.equations) else None,
            b_eq=np.zeros(len(self.equations)) if len(self.equations) else None,
            bounds=up_limits + down_limits,
            integrality=1,
        )
        if answer.status != 0:
            raise BadValue(f"no choice of cells can protect {target!r}")
        moved = np.abs(answer.x[:size] - answer.x[size:]) > 0.5
        return {key for key, is_moved in zip(self.keys, moved, strict=True) if is_moved}

    def span(self, target: Key, hidden: set[Key]) -> tuple[float, float | None]:
        """The lowest and the highest whole number that fits everything printed; None when there is no highest."""
        from scipy.optimize import linprog  # noqa: PLC0415 - slow to load

        aim = self.place[target]
        limits = [
            (self.least, None) if key in hidden else (count, count)
            for key, count in zip(self.keys, self.counts, strict=True)
        ]
        ends: list[float | None] = []
        for direction in (1, -1):
            goal = np.zeros(len(self.keys))
            goal[aim] = direction
            answer = linprog(
                goal,
                A_eq=self.equations if len(self.equations) else None,
                b_eq=np.zeros(len(self.equations)) if len(self.equations) else None,
                bounds=limits,
                integrality=1,
            )
            if answer.status == 2:
                raise BadValue("the printed numbers contradict each other")
            ends.append(float(round(answer.x[aim])) if answer.status == 0 else None)
        lowest = ends[0]
        assert lowest is not None  # every cell is bounded below
        return lowest, ends[1]
