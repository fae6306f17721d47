"""Two questions with any number of answers: chi-square, exact or simulated where small, and Cramér's V.

Sources: Pearson 1900; Cochran 1954, Biometrics 10:417 (expected counts); Freeman and Halton 1951 (exact test of
larger tables); Hope 1968, J R Stat Soc B 30:582 (simulated p-value); Cramér 1946; Smithson 2003, Confidence
Intervals, chapter 4 (interval of V from the noncentral chi-square).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from math import sqrt

import numpy as np
from scipy.special import chdtrc, chndtr, chndtrinc, gammaln

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note
from mlezi.methods.statistics.values import BadValue, Numbers

SMALL = 5.0


def cross_table(
    first: Iterable[Hashable | None], second: Iterable[Hashable | None]
) -> tuple[list[list[int]], list[Hashable], list[Hashable], int]:
    """Counts of every pair of answers: rows, row names, column names (in order of text), and how many were asked."""
    one, two = list(first), list(second)
    if len(one) != len(two):
        raise BadValue(f"the two series differ in length: {len(one)} and {len(two)}")
    pairs = [(a, b) for a, b in zip(one, two, strict=True) if a is not None and b is not None]
    rows = sorted({a for a, _ in pairs}, key=str)
    columns = sorted({b for _, b in pairs}, key=str)
    row_place, column_place = ({name: i for i, name in enumerate(names)} for names in (rows, columns))
    counts = [[0] * len(columns) for _ in rows]
    for a, b in pairs:
        counts[row_place[a]][column_place[b]] += 1
    return counts, rows, columns, len(one)


def association(
    rows: Sequence[Sequence[int]],
    *,
    asked: int | None = None,
    seed: int,
    resamples: int = 9999,
    level: float = 0.95,
    estimand: str = "Strength of association (Cramér's V, 0 to 1)",
) -> Estimate:
    """Cramér's V with the chi-square test, without Yates' correction.

    When an expected count is below 5 the p-value is Fisher's for a 2 by 2 table, and simulated with the seed for a
    larger one (tables with the same margins). Empty rows and columns are left out. `numbers`: chi2, df, p,
    p_chi2, smallest_expected.
    """
    method = "Chi-square test with Cramér's V"
    check_level(level)
    counts = _filled(rows)
    n = int(counts.sum())
    asked = n if asked is None else asked
    if asked < n:
        raise BadValue(f"{n} answered but only {asked} were asked")
    if n == 0 or min(counts.shape) < 2:
        reason = note("no_variation") if n else nothing_used(asked)
        return empty(reason, estimand=estimand, method=method, n_used=n, n_eligible=asked, level=level)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    chi2 = _chi2(counts, expected)
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    most = n * (min(counts.shape) - 1)
    p_chi2 = float(chdtrc(df, chi2))
    smallest = float(expected.min())
    p, variant, notes = _p_value(counts, p_chi2, smallest, seed=seed, resamples=resamples)
    low, high = _noncentral(chi2, df, level)
    return Estimate(
        estimand=estimand,
        method=method,
        variant=f"{variant}; interval from the noncentral chi-square",
        n_used=n,
        n_eligible=asked,
        point=sqrt(min(1.0, chi2 / most)),
        low=sqrt(min(1.0, low / most)),
        high=sqrt(min(1.0, max(high, chi2) / most)),
        level=level,
        warnings=((note("few", n=n, needed=FEW),) if n < FEW else ()) + notes + missing_note(n, asked),
        numbers={"chi2": chi2, "df": df, "p": p, "p_chi2": p_chi2, "smallest_expected": smallest},
    )


def _filled(rows: Sequence[Sequence[int]]) -> Numbers:
    if len({len(row) for row in rows}) > 1:
        raise BadValue("the rows of the table differ in length")
    if len(rows) == 0 or len(rows[0]) == 0:
        return np.zeros((0, 0))
    counts = np.array([list(row) for row in rows], dtype=np.float64)
    if np.any(counts < 0) or np.any(counts != np.round(counts)):
        raise BadValue("a table of counts holds whole numbers from 0")
    kept: Numbers = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    return kept


def _chi2(counts: Numbers, expected: Numbers) -> float:
    return float(((counts - expected) ** 2 / expected).sum())


def _p_value(
    counts: Numbers, p_chi2: float, smallest: float, *, seed: int, resamples: int
) -> tuple[float, str, tuple[Note, ...]]:
    if smallest >= SMALL:
        return p_chi2, "p: chi-square without correction", ()
    from scipy.stats import fisher_exact, random_table  # noqa: PLC0415 - two seconds to load

    shown = round(smallest, 1)
    if counts.shape == (2, 2):
        p = min(1.0, float(fisher_exact(counts.astype(int))[1]))
        return p, "p: Fisher exact", (note("expected_small", smallest=shown),)
    margins = random_table(counts.sum(axis=1).astype(int), counts.sum(axis=0).astype(int))
    drawn = margins.rvs(resamples, random_state=np.random.default_rng(seed))
    # Freeman and Halton: tables at most as probable as the observed one; probability falls as factorials rise.
    at_least = gammaln(drawn + 1).sum(axis=(1, 2)) >= float(gammaln(counts + 1).sum()) - 1e-9
    told = note("expected_small_approximate", smallest=shown, resamples=resamples, seed=seed)
    return (
        (1 + int(at_least.sum())) / (1 + resamples),
        f"p: Freeman-Halton, {resamples} random tables, seed {seed}",
        (told,),
    )


def _noncentral(chi2: float, df: int, level: float) -> tuple[float, float]:
    """Noncentralities that put the observed chi-square at either tail; 0 where the tail cannot be reached."""
    tail = (1 - level) / 2
    found = []
    for share in (1 - tail, tail):
        reachable = float(chndtr(chi2, df, 0)) > share
        found.append(float(chndtrinc(chi2, df, share)) if reachable else 0.0)
    return found[0], found[1]
