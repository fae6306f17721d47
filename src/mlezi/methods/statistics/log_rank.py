"""Whether groups stay differently long: the log-rank test, late entry allowed, and the one-step hazard ratio.

Sources: Mantel 1966; Peto and Peto 1972, J R Stat Soc A 135:185 (test and one-step ratio); Klein and Moeschberger
2003, 7.3 (several groups). The test sees differences in one direction best; curves that cross may hide from it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from math import exp, sqrt

import numpy as np
from scipy.special import chdtrc

from mlezi.methods.statistics.estimate import Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note, z_of
from mlezi.methods.statistics.survival import Spells
from mlezi.methods.statistics.values import BadValue, Numbers, Value


class _Counts:
    """Observed less expected leavings of each group, with their covariances."""

    def __init__(
        self,
        times: Iterable[Value],
        left: Iterable[Value],
        groups: Iterable[Hashable],
        entered: Iterable[Value] | None,
    ):
        labels = list(groups)
        ends: list[Value] = [None if label is None else time for time, label in _zip(times, labels)]
        self.spells = Spells(ends, left, entered)
        where = [label for label, kept in zip(labels, self.spells.kept, strict=True) if kept]
        self.names = sorted(set(where), key=str)
        self.seen_names = sorted({label for label in labels if label is not None}, key=str)
        self.place = np.array([self.names.index(label) for label in where], dtype=int)
        self.observed, self.expected, self.covariance = self._sums()

    def _sums(self) -> tuple[Numbers, Numbers, Numbers]:
        spells, k = self.spells, len(self.names)
        times = np.unique(spells.times[spells.left == 1])
        at_risk, events = np.zeros((k, times.size)), np.zeros((k, times.size))
        for group in range(k):
            mine = self.place == group
            part = object.__new__(Spells)
            part.times, part.entered = spells.times[mine], spells.entered[mine]
            at_risk[group] = part.at_risk(times)
            left = np.sort(spells.times[mine & (spells.left == 1)])
            events[group] = np.searchsorted(left, times, side="right") - np.searchsorted(left, times)
        n, d = at_risk.sum(axis=0), events.sum(axis=0)
        shares = at_risk / n
        spread = d * np.divide(n - d, n - 1, out=np.zeros_like(n), where=n > 1)
        covariance = np.diag(shares @ spread) - (shares * spread) @ shares.T
        return events.sum(axis=1), shares @ d, covariance

    def reason(self) -> Note | None:
        if self.spells.n == 0:
            return nothing_used(self.spells.asked)
        for name in self.seen_names:
            if name not in self.names:
                return note("group_empty", group=str(name))
        if len(self.names) < 2:
            return note("too_few_for_estimate", n=f"{len(self.names)} group(s)", needed="2 groups")
        if self.observed.sum() == 0:
            return note("not_defined", why="nobody has left yet")
        return None if np.linalg.matrix_rank(self.covariance) else note("not_defined", why=_NEVER_TOGETHER)


_NEVER_TOGETHER = "the groups were never under observation at the same time"


def log_rank(
    times: Iterable[Value],
    left: Iterable[Value],
    groups: Iterable[Hashable],
    *,
    entered: Iterable[Value] | None = None,
    estimand: str = "How far the staying curves of the groups lie apart (chi-square)",
) -> Estimate:
    """The log-rank chi-square of two or more groups. `numbers`: df, p, groups. No interval: it is a test.

    Times, leaving marks and entries as in `survival.kaplan_meier`; a gap in the group leaves the person out.
    """
    method = "Log-rank test"
    counts = _Counts(times, left, groups, entered)
    reason, n, asked = counts.reason(), counts.spells.n, counts.spells.asked
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, n_used=n, n_eligible=asked)
    apart = counts.observed - counts.expected
    chi2 = float(apart @ np.linalg.pinv(counts.covariance) @ apart)
    df = int(np.linalg.matrix_rank(counts.covariance))
    return Estimate(
        estimand=estimand,
        method=method,
        variant="hypergeometric variance",
        n_used=n,
        n_eligible=asked,
        point=chi2,
        warnings=missing_note(n, asked),
        numbers={"df": df, "p": float(chdtrc(df, chi2)), "groups": len(counts.names)},
    )


def hazard_ratio(
    times: Iterable[Value],
    left: Iterable[Value],
    groups: Iterable[Hashable],
    *,
    first: Hashable,
    entered: Iterable[Value] | None = None,
    level: float = 0.95,
    estimand: str | None = None,
) -> Estimate:
    """How fast the group `first` leaves against the other group, by Peto's one-step ratio.

    Good for ratios near 1 and groups of like size. `numbers`: observed, expected (of the first), chi2, p.
    Raises BadValue unless there are exactly two groups and `first` is one of them.
    """
    method = "Peto one-step hazard ratio"
    check_level(level)
    counts = _Counts(times, left, groups, entered)
    if len(counts.seen_names) > 2 or (counts.seen_names and first not in counts.seen_names):
        raise BadValue(f"a ratio compares two groups, one of them {first!r}")
    estimand = estimand or f"Rate of leaving of “{first}” divided by the rate of the others"
    reason, n, asked = counts.reason(), counts.spells.n, counts.spells.asked
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, n_used=n, n_eligible=asked, level=level)
    mine = counts.names.index(first)
    apart, variance = (
        float(counts.observed[mine] - counts.expected[mine]),
        float(counts.covariance[mine, mine]),
    )
    middle, half = apart / variance, z_of(level) / sqrt(variance)
    chi2 = apart**2 / variance
    return Estimate(
        estimand=estimand,
        method=method,
        n_used=n,
        n_eligible=asked,
        point=exp(middle),
        low=exp(middle - half),
        high=exp(middle + half),
        level=level,
        warnings=missing_note(n, asked),
        numbers={
            "observed": float(counts.observed[mine]),
            "expected": float(counts.expected[mine]),
            "chi2": chi2,
            "p": float(chdtrc(1, chi2)),
        },
    )


def _zip(times: Iterable[Value], labels: list[Hashable]) -> list[tuple[Value, Hashable]]:
    found = list(times)
    if len(found) != len(labels):
        raise BadValue(f"{len(found)} times but {len(labels)} groups")
    return list(zip(found, labels, strict=True))
