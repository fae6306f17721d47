"""Two groups of people compared on a number: Welch's difference, the rank-sum test, Hedges g.

The difference is always first group less second. Sources: Welch 1947; Mann and Whitney 1947; Hodges and Lehmann
1963; Hedges 1981 and Hedges and Olkin 1985 (g and its large-sample variance).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import ndtr

from mlezi.methods.statistics import pairwise
from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty
from mlezi.methods.statistics.means import is_constant, p_of_t, shape_notes, spread, t_of
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.paired import midranks
from mlezi.methods.statistics.proportions import missing_note, z_of
from mlezi.methods.statistics.standardised import small_sample_factor
from mlezi.methods.statistics.values import Numbers, Value, present

Reference = Literal["normal", "exact"]
Names = tuple[str, str]
EXACT_LIMIT = 50


class Sides:
    """Two cleaned groups with their names, and what every comparison must check first."""

    def __init__(self, first: Iterable[Value], second: Iterable[Value], names: Names):
        self.one, asked_one = present(first)
        self.two, asked_two = present(second)
        self.names = names
        self.asked = asked_one + asked_two
        self.n = int(self.one.size + self.two.size)

    def too_few(self, needed: int) -> Note | None:
        """Why these groups cannot be compared when each side needs this many values."""
        for name, values in zip(self.names, (self.one, self.two), strict=True):
            if values.size == 0:
                return note("group_empty", group=name)
            if values.size < needed:
                return note("too_few_for_estimate", n=int(values.size), needed=needed)
        return None

    def notes(self) -> tuple[Note, ...]:
        least = min(int(self.one.size), int(self.two.size))
        few = (note("few", n=least, needed=FEW),) if least < FEW else ()
        return few + missing_note(self.n, self.asked)

    def constant(self) -> bool:
        return is_constant(self.one) and is_constant(self.two)


def mean_difference(
    first: Iterable[Value],
    second: Iterable[Value],
    *,
    level: float = 0.95,
    names: Names = ("first", "second"),
    estimand: str | None = None,
) -> Estimate:
    """Mean of the first less mean of the second, Welch interval (variances may differ).

    `numbers`: mean_first, mean_second, sd_first, sd_second, n_first, n_second; where anything varies se, t, df, p.
    """
    method = "Welch t interval"
    check_level(level)
    estimand = estimand or f"Mean of {names[0]} less mean of {names[1]}"
    sides = Sides(first, second, names)
    reason = sides.too_few(2)
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, n_used=sides.n, n_eligible=sides.asked, level=level)
    one, two = sides.one, sides.two
    difference = float(one.mean() - two.mean())
    part_one, part_two = spread(one) ** 2 / one.size, spread(two) ** 2 / two.size
    se = sqrt(part_one + part_two)
    numbers = {
        "mean_first": float(one.mean()),
        "mean_second": float(two.mean()),
        "sd_first": spread(one),
        "sd_second": spread(two),
        "n_first": int(one.size),
        "n_second": int(two.size),
    }
    half = 0.0
    if se > 0:
        df = se**4 / (part_one**2 / (one.size - 1) + part_two**2 / (two.size - 1))
        half = t_of(level, df) * se
        numbers |= {"se": se, "t": difference / se, "df": df, "p": p_of_t(difference / se, df)}
    shape = tuple(dict.fromkeys(shape_notes(one) + shape_notes(two)))
    return Estimate(
        estimand=estimand,
        method=method,
        variant=f"{names[0]} less {names[1]}; unequal variances",
        n_used=sides.n,
        n_eligible=sides.asked,
        point=difference,
        low=difference - half,
        high=difference + half,
        level=level,
        warnings=sides.notes() + shape,
        numbers=numbers,
    )


def typical_difference(
    first: Iterable[Value],
    second: Iterable[Value],
    *,
    level: float = 0.95,
    reference: Reference = "normal",
    names: Names = ("first", "second"),
    estimand: str | None = None,
) -> Estimate:
    """The Hodges-Lehmann shift (median of all differences) with the Mann-Whitney test.

    `reference` "exact" is used for up to 50 in each group without ties; otherwise "normal" with corrections for
    continuity and ties, as R does. `numbers`: u (of the first), p, superiority (chance that one of the first is
    higher than one of the second, ties counting half).
    """
    method = "Mann-Whitney test with Hodges-Lehmann shift"
    check_level(level)
    estimand = estimand or f"Typical difference, {names[0]} less {names[1]} (median of all differences)"
    sides = Sides(first, second, names)
    reason = sides.too_few(1)
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, n_used=sides.n, n_eligible=sides.asked, level=level)
    one, two = sides.one, sides.two
    ties = sides.n - int(np.unique(np.concatenate([one, two])).size)
    notes = sides.notes()
    if reference == "exact" and (ties or max(one.size, two.size) > EXACT_LIMIT):
        reference = "normal"
        notes += (note("ties", n=ties),) if ties else ()
    u = float(midranks(np.concatenate([one, two]))[: one.size].sum() - one.size * (one.size + 1) / 2)
    p = _exact_p(one, two) if reference == "exact" else _normal_p(one, two, u)
    low, high = _shift_interval(one, two, level)
    if low is None:
        notes += (note("bound_open", side="lower and upper"),)
    return Estimate(
        estimand=estimand,
        method=method,
        variant=f"{names[0]} less {names[1]}; p: {reference}",
        n_used=sides.n,
        n_eligible=sides.asked,
        point=pairwise.median_difference(one, two),
        low=low,
        high=high,
        level=level,
        warnings=notes,
        numbers={"u": u, "p": p, "superiority": u / (one.size * two.size)},
    )


def standardised_difference(
    first: Iterable[Value],
    second: Iterable[Value],
    *,
    level: float = 0.95,
    names: Names = ("first", "second"),
    estimand: str | None = None,
) -> Estimate:
    """Hedges g: the difference of means in pooled standard deviations, times J(n1 + n2 - 2). `numbers`: d, j."""
    method, variant = "Hedges g", "pooled SD; exact J with df n1 + n2 - 2; large-sample interval"
    check_level(level)
    estimand = estimand or f"Mean of {names[0]} less mean of {names[1]}, in standard deviations"
    sides = Sides(first, second, names)
    reason = sides.too_few(2) or (note("no_variation") if sides.constant() else None)
    if reason is not None:
        return empty(
            reason,
            estimand=estimand,
            method=method,
            variant=variant,
            n_used=sides.n,
            n_eligible=sides.asked,
            level=level,
        )
    one, two = sides.one, sides.two
    df = sides.n - 2
    pooled = sqrt(((one.size - 1) * spread(one) ** 2 + (two.size - 1) * spread(two) ** 2) / df)
    d = float(one.mean() - two.mean()) / pooled
    j = small_sample_factor(df)
    g = j * d
    half = z_of(level) * sqrt(sides.n / (one.size * two.size) + g**2 / (2 * sides.n))
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=sides.n,
        n_eligible=sides.asked,
        point=g,
        low=g - half,
        high=g + half,
        level=level,
        warnings=sides.notes(),
        numbers={"d": d, "j": j, "n_first": int(one.size), "n_second": int(two.size)},
    )


def _exact_p(one: Numbers, two: Numbers) -> float:
    from scipy.stats import mannwhitneyu  # noqa: PLC0415 - two seconds to load

    return float(mannwhitneyu(one, two, method="exact").pvalue)


def _normal_p(one: Numbers, two: Numbers, u: float) -> float:
    n = one.size + two.size
    _, tied = np.unique(np.concatenate([one, two]), return_counts=True)
    correction = float((tied**3 - tied).sum()) / (n * (n - 1))
    variance = one.size * two.size / 12 * (n + 1 - correction)
    if variance <= 0:
        return 1.0
    distance = max(0.0, abs(u - one.size * two.size / 2) - 0.5)
    return float(min(1.0, 2 * ndtr(-distance / sqrt(variance))))


def _shift_interval(one: Numbers, two: Numbers, level: float) -> tuple[float | None, float | None]:
    """Order statistics of all differences by the normal approximation of U; None where there are too few."""
    pairs = one.size * two.size
    k = int(pairs / 2 - z_of(level) * sqrt(pairs * (one.size + two.size + 1) / 12))
    if k < 1:
        return None, None
    return pairwise.kth_difference(one, two, k), pairwise.kth_difference(one, two, pairs + 1 - k)
