"""Krippendorff's alpha: agreement of any number of coders, with gaps, on a named level of measurement.

The interval comes from drawing units again with replacement (never single codings, which are not independent).
Sources: Krippendorff 2011, Computing Krippendorff's alpha-reliability (all four differences); Hayes and
Krippendorff 2007, Commun Methods Meas 1:77; Zapf et al. 2016, BMC Med Res Methodol 16:93 (bootstrap over units).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlezi.methods.agreement.two_coders import listed
from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.values import BadValue, Numbers

Measurement = Literal["nominal", "ordinal", "interval", "ratio"]


def alpha(
    units: Sequence[Sequence[Hashable | None]],
    *,
    measurement: Measurement,
    unit: str,
    seed: int,
    resamples: int = 1000,
    order: Sequence[Hashable] | None = None,
    level: float = 0.95,
) -> Estimate:
    """Alpha of `units`: one row per unit with its codings in any order, gaps None.

    `order` lists the categories of an ordinal scale that are not numbers. Interval and ratio need numbers, ratio from
    zero up. `numbers`: codings, categories, resamples_used. Raises BadValue where the values do not fit the level.
    """
    check_level(level)
    estimand = f"Chance-corrected agreement per {unit}"
    method = f"Krippendorff's alpha, {measurement}"
    variant = f"percentile bootstrap over units, {resamples} resamples, seed {seed}"
    rows = [[code for code in row if code is not None] for row in units]
    rows = [row for row in rows if len(row) >= 2]
    names = listed(order, [code for row in rows for code in row])
    scale = _scale(names, measurement, has_order=order is not None)
    n, asked = len(rows), len(units)
    if n == 0 or len(names) < 2:
        reason = note("one_category") if n else nothing_used(asked)
        return empty(reason, estimand=estimand, method=method, variant=variant, n_used=n, n_eligible=asked, level=level)
    pairs = _Pairs(rows, names)
    point = pairs.alpha(np.ones(n), scale, measurement)
    if point is None:
        return empty(
            note("one_category"), estimand=estimand, method=method, variant=variant, n_used=n, n_eligible=asked
        )
    dice = np.random.default_rng(seed)
    draws = [
        pairs.alpha(dice.multinomial(n, np.full(n, 1 / n)).astype(float), scale, measurement) for _ in range(resamples)
    ]
    found = np.array([value for value in draws if value is not None])
    tail = (1 - level) / 2
    low, high = np.quantile(found, [tail, 1 - tail]) if found.size else (None, None)
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n,
        n_eligible=asked,
        point=point,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        level=level,
        warnings=_notes(n, asked, point, resamples - int(found.size), resamples),
        numbers={
            "codings": sum(map(len, rows)),
            "categories": len(names),
            "resamples_used": int(found.size),
        },
    )


class _Pairs:
    """All ordered pairs of codings within units, as one flat list that can be reweighted by unit."""

    def __init__(self, rows: list[list[Hashable]], names: list[Hashable]):
        place = {name: i for i, name in enumerate(names)}
        self.q = len(names)
        unit: list[int] = []
        cell: list[int] = []
        weight: list[float] = []
        for at, row in enumerate(rows):
            counts = np.bincount([place[code] for code in row], minlength=self.q)
            here = np.flatnonzero(counts)
            for one in here:
                for two in here:
                    times = counts[one] * (counts[two] - (one == two))
                    if times:
                        unit.append(at)
                        cell.append(int(one * self.q + two))
                        weight.append(times / (len(row) - 1))
        self.unit: NDArray[np.int64] = np.array(unit, dtype=np.int64)
        self.cell: NDArray[np.int64] = np.array(cell, dtype=np.int64)
        self.weight: Numbers = np.array(weight)

    def alpha(self, times: Numbers, scale: Numbers, measurement: Measurement) -> float | None:
        """Alpha when each unit counts so many times; None when there is no variation to speak of."""
        flat = np.bincount(self.cell, weights=self.weight * times[self.unit], minlength=self.q**2)
        met = flat.reshape(self.q, self.q)
        totals = met.sum(axis=1)
        n = float(totals.sum())
        apart = differences(totals, scale, measurement)
        expected = float(totals @ apart @ totals) / (n - 1)
        if expected <= 0:
            return None
        return 1 - float((met * apart).sum()) / expected


def differences(totals: Numbers, scale: Numbers, measurement: Measurement) -> Numbers:
    """Squared differences between all pairs of values; the ordinal one depends on how often each occurs."""
    if measurement == "nominal":
        return 1 - np.eye(totals.size)
    if measurement == "ordinal":
        middle = np.cumsum(totals) - totals / 2
        ordinal: Numbers = (middle[:, None] - middle[None, :]) ** 2
        return ordinal
    gap = scale[:, None] - scale[None, :]
    if measurement == "interval":
        squared: Numbers = gap**2
        return squared
    both = scale[:, None] + scale[None, :]
    ratio: Numbers = np.divide(gap, both, out=np.zeros_like(gap), where=both > 0) ** 2
    return ratio


def _scale(names: list[Hashable], measurement: Measurement, *, has_order: bool) -> Numbers:
    if measurement not in ("nominal", "ordinal", "interval", "ratio"):
        raise ValueError(f"unknown level of measurement {measurement!r}")
    if measurement == "nominal" or (measurement == "ordinal" and has_order):
        return np.arange(len(names), dtype=np.float64)
    if not all(isinstance(name, int | float) for name in names):
        raise BadValue(f"{measurement} agreement needs numbers, or an order of the categories")
    scale = np.array(names, dtype=np.float64)
    if measurement == "ratio" and np.any(scale < 0):
        raise BadValue("ratio agreement needs values from zero up")
    return scale


def _notes(n: int, asked: int, point: float, lost: int, resamples: int) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = (note("few", n=n, needed=FEW),) if n < FEW else ()
    if asked > n:
        notes += (note("uncoded", n=asked - n),)
    if point >= 1 - 1e-12:
        notes += (note("perfect"),)
    if lost:
        notes += (note("bootstrap_lost", lost=lost, resamples=resamples),)
    return notes
