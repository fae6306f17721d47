"""Change in the same people: mean change with its t interval, and the signed-rank test with a named rule for zeros.

Only people with both measurements count; `by_person` pairs them by identifier. Change is after less before.
Sources: Student 1908; Wilcoxon 1945; Pratt 1959, J Am Stat Assoc 54:655 (zeros kept while ranking); Hollander and
Wolfe 1999, Nonparametric Statistical Methods, 3.1 to 3.3 (centre and interval); Kerby 2014 (rank-biserial).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import ndtr

from mlezi.methods.statistics import pairwise
from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.means import crowding_notes, p_of_t, shape_notes, spread, t_of
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import z_of
from mlezi.methods.statistics.values import Numbers, Value, complete_pairs, difference

Zeros = Literal["drop", "pratt"]
Reference = Literal["normal", "exact"]
EXACT_LIMIT = 200  # Beyond this many pairs the normal approximation is as good and much quicker.


def by_person(
    before: Mapping[str, Value], after: Mapping[str, Value]
) -> tuple[tuple[str, ...], list[Value], list[Value]]:
    """Everybody who has either measurement, in order of identifier, and both columns with gaps."""
    people = tuple(sorted(set(before) | set(after)))
    return people, [before.get(one) for one in people], [after.get(one) for one in people]


def mean_change(
    before: Iterable[Value],
    after: Iterable[Value],
    *,
    level: float = 0.95,
    lowest: float | None = None,
    highest: float | None = None,
    estimand: str = "Mean change in people with both measurements",
) -> Estimate:
    """The mean of after less before, with the paired t interval. Both lists hold one person per place, with gaps.

    `numbers`: mean_before, mean_after, improved, same, worsened; from two pairs on sd, se; where the changes vary
    t, df, p. Show p as a headline only where the note "p_not_headline" is absent.
    """
    method = "Paired t interval"
    check_level(level)
    old, new, asked = complete_pairs(before, after)
    n = int(old.size)
    if n == 0:
        return empty(nothing_used(asked), estimand=estimand, method=method, n_eligible=asked, level=level)
    change = difference(new, old)
    middle = float(change.mean())
    numbers = {
        "mean_before": float(old.mean()),
        "mean_after": float(new.mean()),
        "improved": int((change > 0).sum()),
        "same": int((change == 0).sum()),
        "worsened": int((change < 0).sum()),
    }
    low = high = None
    notes = _pair_notes(n, asked)
    if n == 1:
        notes += (note("no_interval", needed=2, n=1),)
    else:
        sd = spread(change)
        se = sd / sqrt(n)
        low, high = middle - t_of(level, n - 1) * se, middle + t_of(level, n - 1) * se
        numbers |= {"sd": sd, "se": se}
        if se > 0:
            numbers |= {"t": middle / se, "df": n - 1, "p": p_of_t(middle / se, n - 1)}
    return Estimate(
        estimand=estimand,
        method=method,
        variant="after less before",
        n_used=n,
        n_eligible=asked,
        point=middle,
        low=low,
        high=high,
        level=level,
        warnings=notes + shape_notes(change) + crowding_notes(old, lowest, highest),
        numbers=numbers,
    )


def typical_change(
    before: Iterable[Value],
    after: Iterable[Value],
    *,
    level: float = 0.95,
    zeros: Zeros = "drop",
    reference: Reference = "normal",
    estimand: str = "Typical change in people with both measurements (median of pairwise means)",
) -> Estimate:
    """The Hodges-Lehmann centre of the changes and the Wilcoxon signed-rank test.

    The centre and its interval are those of all pairs. (R leaves pairs without change out of them too, and would call
    a rise of a few a rise of all.) `zeros` is the test's rule alone: "drop" leaves pairs without change out (Wilcoxon;
    R's rule), "pratt" ranks them and then leaves their ranks out. `reference`: "normal" with correction for continuity
    and ties (R's answer when there are ties or zeros), or "exact" over all signs given the ranks, ties included. Up to
    200 pairs; beyond that "normal" is used.
    `numbers`: v (sum of ranks of rises), v_down, p, rank_biserial. Empty when nobody changed.
    """
    method = "Wilcoxon signed-rank test with Hodges-Lehmann centre"
    check_level(level)
    old, new, asked = complete_pairs(before, after)
    change, n = difference(new, old), int(old.size)
    moved = change[change != 0]
    reference = "normal" if moved.size > EXACT_LIMIT else reference
    variant = f"centre of all pairs; zeros: {zeros}; p: {_REFERENCES[reference]}"
    if moved.size == 0:
        reason = note("no_variation") if n else nothing_used(asked)
        return empty(reason, estimand=estimand, method=method, variant=variant, n_used=n, n_eligible=asked, level=level)
    ranks = _ranks(change, zeros)
    up, down = float(ranks[moved > 0].sum()), float(ranks[moved < 0].sum())
    p = _exact_p(ranks, up) if reference == "exact" else _normal_p(ranks, up)
    low, high = _walsh_interval(change, level)
    notes = _pair_notes(n, asked)
    if moved.size < n:
        notes += (note("zeros", n=n - int(moved.size), total=n),)
    if low is None:
        notes += (note("no_interval", needed=_needed(level), n=n),)
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n,
        n_eligible=asked,
        point=pairwise.median_walsh_mean(change),
        low=low,
        high=high,
        level=level,
        warnings=notes,
        numbers={"v": up, "v_down": down, "p": p, "rank_biserial": (up - down) / (up + down)},
    )


_REFERENCES = {
    "normal": "normal approximation, corrected for continuity and ties",
    "exact": "exact over all signs",
}


def midranks(values: Numbers) -> Numbers:
    """Ranks from 1, ties sharing the mean of their ranks."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared: Numbers = (last - (counts - 1) / 2)[place]
    return shared


def _ranks(change: Numbers, zeros: Zeros) -> Numbers:
    """Ranks of the sizes of the changes that are not zero."""
    moved = change != 0
    if zeros == "pratt":
        kept: Numbers = midranks(np.abs(change))[moved]
        return kept
    return midranks(np.abs(change[moved]))


def _normal_p(ranks: Numbers, up: float) -> float:
    # Given the ranks each sign is a coin, so the variance is a quarter of the squared ranks: ties are in it already.
    expected, sd = float(ranks.sum()) / 2, sqrt(float((ranks**2).sum()) / 4)
    distance = max(0.0, abs(up - expected) - 0.5)
    return float(min(1.0, 2 * ndtr(-distance / sd)))


def _exact_p(ranks: Numbers, up: float) -> float:
    """All 2^n signs, counted by adding one rank at a time; doubled ranks are whole even with ties."""
    doubled = np.rint(2 * ranks).astype(int)
    ways = np.zeros(int(doubled.sum()) + 1)
    ways[0] = 1.0
    for rank in doubled:
        ways[rank:] = (ways[rank:] + ways[:-rank]) / 2
        ways[:rank] /= 2
    at = round(2 * up)
    return float(min(1.0, 2 * min(ways[: at + 1].sum(), ways[at:].sum())))


def _walsh_interval(change: Numbers, level: float) -> tuple[float | None, float | None]:
    """Order statistics of the pairwise means; exact quantile up to 50 pairs, normal beyond. None if too few."""
    n = int(change.size)
    pairs = n * (n + 1) // 2
    if n <= 50:
        ways = np.ones(1)
        for rank in range(1, n + 1):
            longer = np.zeros(ways.size + rank)
            longer[: ways.size] += ways / 2
            longer[rank:] += ways / 2
            ways = longer
        # The k-th mean from below is passed with probability P(V <= k - 1), which must stay within half of 1 - level.
        k = int(np.sum(np.cumsum(ways) <= (1 - level) / 2))
    else:
        k = int(pairs / 2 - z_of(level) * sqrt(n * (n + 1) * (2 * n + 1) / 24))
    if k < 1:
        return None, None
    return pairwise.kth_walsh_mean(change, k), pairwise.kth_walsh_mean(change, pairs + 1 - k)


def _needed(level: float) -> int:
    """The fewest pairs with an interval: 2^-n at most half of 1 - level."""
    return int(np.ceil(np.log2(2 / (1 - level))))


def _pair_notes(n: int, asked: int) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = (note("p_not_headline", n=n),) if n < FEW else ()
    return notes + ((note("unpaired_dropped", n=asked - n),) if asked > n else ())
