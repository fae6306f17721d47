"""Change in standard deviations, with the denominator and the small-sample factor named every time.

d_z divides the mean change by the SD of the changes, d_av by the average SD of the two measurements, d_rm by the SD
of the changes rescaled by the correlation; g_ is d times J. They answer different questions and differ a lot.
Sources: Hedges 1981 (J); Morris and DeShon 2002, Psychol Methods 7:105; Lakens 2013, Front Psychol 4:863 (names);
Bonett 2008, Psychol Methods 13:99 (interval of d_av); noncentral t for d_z (Steiger and Fouladi 1997).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, lgamma, sqrt
from typing import Literal

import numpy as np
from scipy.special import nctdtrinc

from mlezi.methods.statistics.estimate import Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.means import is_constant
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import z_of
from mlezi.methods.statistics.values import Numbers, Value, complete_pairs, difference

Variant = Literal["g_av", "d_av", "g_z", "d_z", "g_rm", "d_rm"]
Average = Literal["rms", "mean"]
Freedom = Literal["n-1", "2(n-1)"]


def standardised_change(
    before: Iterable[Value],
    after: Iterable[Value],
    *,
    variant: Variant = "g_av",
    average: Average = "rms",
    j_df: Freedom = "n-1",
    level: float = 0.95,
    estimand: str = "Change in standard deviations, in people with both measurements",
) -> Estimate:
    """Mean change divided by a standard deviation. Both lists hold one person per place, with gaps.

    `average` says how d_av averages the two SDs: root mean square (as effectsize and Bonett) or plain mean.
    `j_df` is the degrees of freedom in J; only the g_ variants use it. Interval: noncentral t for d_z; the same with
    the correlation taken as known for d_rm; Bonett 2008 for d_av. `numbers`: d, j, r, sd_before, sd_after, sd_change.
    """
    check_level(level)
    old, new, asked = complete_pairs(before, after)
    n = int(old.size)
    method = "Standardised change"
    named = _name(variant, average, j_df)
    reason = _why_not(old, new, variant, asked)
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, variant=named, n_used=n, n_eligible=asked, level=level)
    parts = _Parts(old, new)
    d, low, high = parts.effect(variant[2:], average, level)
    j = small_sample_factor(n - 1 if j_df == "n-1" else 2 * (n - 1)) if variant.startswith("g") else 1.0
    notes: tuple[Note, ...] = (note("p_not_headline", n=n),) if n < 10 else ()
    if asked > n:
        notes += (note("unpaired_dropped", n=asked - n),)
    return Estimate(
        estimand=estimand,
        method=method,
        variant=named,
        n_used=n,
        n_eligible=asked,
        point=j * d,
        low=j * low,
        high=j * high,
        level=level,
        warnings=notes,
        numbers={
            "d": d,
            "j": j,
            "r": parts.r,
            "sd_before": parts.sd_before,
            "sd_after": parts.sd_after,
            "sd_change": parts.sd_change,
        },
    )


def small_sample_factor(df: float) -> float:
    """J, exactly: gamma(df/2) / (sqrt(df/2) gamma((df-1)/2)). Needs df above 1 (Hedges 1981)."""
    if df <= 1:
        raise ValueError("J needs more than one degree of freedom")
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)


class _Parts:
    """What all variants share: the mean change, three SDs and the correlation."""

    def __init__(self, old: Numbers, new: Numbers):
        self.n = int(old.size)
        change = difference(new, old)
        self.change = float(change.mean())
        self.sd_before, self.sd_after = float(np.std(old, ddof=1)), float(np.std(new, ddof=1))
        self.sd_change = float(np.std(change, ddof=1))
        self.covariance = float(np.cov(old, new)[0, 1])
        product = self.sd_before * self.sd_after
        self.r = min(1.0, max(-1.0, self.covariance / product)) if product > 0 else 0.0

    def effect(self, kind: str, average: Average, level: float) -> tuple[float, float, float]:
        """d and its interval for "z", "rm" or "av"."""
        if kind == "av":
            return self._averaged(average, level)
        scale = sqrt(2 * (1 - self.r)) if kind == "rm" else 1.0
        d = self.change / self.sd_change
        low, high = _noncentral(d, self.n, level)
        return scale * d, scale * low, scale * high

    def _averaged(self, average: Average, level: float) -> tuple[float, float, float]:
        one, two, df = self.sd_before**2, self.sd_after**2, self.n - 1
        square = (one + two) / 2
        rms = sqrt(square)
        d = self.change / rms
        se = sqrt(
            d**2 * (one**2 + two**2 + 2 * self.covariance**2) / (8 * df * square**2)
            + max(0.0, one + two - 2 * self.covariance) / (df * square)
        )
        scale = 1.0 if average == "rms" else rms / ((self.sd_before + self.sd_after) / 2)
        half = z_of(level) * se
        return scale * d, scale * (d - half), scale * (d + half)


def _noncentral(d: float, n: int, level: float) -> tuple[float, float]:
    """The interval of d_z: noncentralities that put the observed t at either tail."""
    t, tail = d * sqrt(n), (1 - level) / 2
    low, high = (float(nctdtrinc(n - 1, share, t)) / sqrt(n) for share in (1 - tail, tail))
    return low, high


def _why_not(old: Numbers, new: Numbers, variant: Variant, asked: int) -> Note | None:
    n, needed = int(old.size), 3 if variant.startswith("g") else 2
    if n == 0:
        return nothing_used(asked)
    if n < needed:
        return note("too_few_for_estimate", n=n, needed=needed)
    no_spread = is_constant(old) and is_constant(new) if variant.endswith("av") else is_constant(difference(new, old))
    return note("no_variation") if no_spread else None


def _name(variant: Variant, average: Average, j_df: Freedom) -> str:
    parts: list[str] = [variant]
    if variant.endswith("av"):
        parts.append("root mean square of the two SDs" if average == "rms" else "mean of the two SDs")
    if variant.endswith("rm"):
        parts.append("correlation taken as known in the interval")
    if variant.startswith("g"):
        parts.append(f"exact J with df {j_df}")
    return "; ".join(parts)
