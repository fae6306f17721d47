"""Three or more groups on a number: Kruskal-Wallis with epsilon squared, and Welch's analysis of variance.

Sources: Kruskal and Wallis 1952; Tomczak and Tomczak 2014 (epsilon squared); Welch 1951, Biometrika 38:330.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from scipy.special import chdtrc, fdtrc

from mlezi.methods.statistics.estimate import FEW, Estimate, empty
from mlezi.methods.statistics.means import is_constant, spread
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.paired import midranks
from mlezi.methods.statistics.proportions import missing_note
from mlezi.methods.statistics.values import Numbers, Value, present


def kruskal_wallis(
    groups: Mapping[str, Iterable[Value]],
    *,
    estimand: str = "Share of the variation in ranks between groups (epsilon squared)",
) -> Estimate:
    """Epsilon squared (0 to 1) with the Kruskal-Wallis test, ties corrected. No interval.

    `numbers`: h, df, p, groups.
    """
    method = "Kruskal-Wallis test with epsilon squared"
    found, asked, reason = _cleaned(groups, needed=1)
    n = sum(values.size for values in found.values())
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, n_used=n, n_eligible=asked)
    everything = np.concatenate(list(found.values()))
    ranks = midranks(everything)
    ends = np.cumsum([values.size for values in found.values()])[:-1]
    between = sum(part.sum() ** 2 / part.size for part in np.split(ranks, ends))
    _, tied = np.unique(everything, return_counts=True)
    h = (12 / (n * (n + 1)) * between - 3 * (n + 1)) / (1 - float((tied**3 - tied).sum()) / (n**3 - n))
    h, df = max(0.0, float(h)), len(found) - 1
    return Estimate(
        estimand=estimand,
        method=method,
        variant="ties corrected; p from chi-square",
        n_used=n,
        n_eligible=asked,
        point=min(1.0, h / (n - 1)),
        warnings=_notes(found, n, asked),
        numbers={"h": h, "df": df, "p": float(chdtrc(df, h)), "groups": len(found)},
    )


def welch_anova(
    groups: Mapping[str, Iterable[Value]],
    *,
    estimand: str = "Difference between the highest and the lowest group mean",
) -> Estimate:
    """The range of the group means with Welch's test that all are equal (variances may differ).

    Needs two values and some variation in each group. `numbers`: f, df1, df2, p, groups. No interval.
    """
    method = "Welch analysis of variance"
    found, asked, reason = _cleaned(groups, needed=2)
    n = sum(values.size for values in found.values())
    if reason is None and any(is_constant(values) for values in found.values()):
        reason = note("not_defined", why="one of the groups has no variation")
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, n_used=n, n_eligible=asked)
    sizes = np.array([values.size for values in found.values()])
    means = np.array([values.mean() for values in found.values()])
    weights = sizes / np.array([spread(values) ** 2 for values in found.values()])
    k, total = len(found), weights.sum()
    centre = float(weights @ means / total)
    unsure = float(((1 - weights / total) ** 2 / (sizes - 1)).sum()) / (k * k - 1)
    f = float(weights @ (means - centre) ** 2) / (k - 1) / (1 + 2 * (k - 2) * unsure)
    df1, df2 = k - 1, 1 / (3 * unsure)
    return Estimate(
        estimand=estimand,
        method=method,
        variant="unequal variances",
        n_used=n,
        n_eligible=asked,
        point=float(means.max() - means.min()),
        warnings=_notes(found, n, asked),
        numbers={"f": f, "df1": df1, "df2": df2, "p": float(fdtrc(df1, df2, f)), "groups": k},
    )


def _cleaned(groups: Mapping[str, Iterable[Value]], *, needed: int) -> tuple[dict[str, Numbers], int, Note | None]:
    found: dict[str, Numbers] = {}
    asked = 0
    for name in sorted(groups):
        found[name], eligible = present(groups[name])
        asked += eligible
    if len(found) < 2:
        return found, asked, note("too_few_for_estimate", n=f"{len(found)} group(s)", needed="2 groups")
    for name, values in found.items():
        if values.size == 0:
            return found, asked, note("group_empty", group=name)
        if values.size < needed:
            return found, asked, note("too_few_for_estimate", n=int(values.size), needed=needed)
    everything = np.concatenate(list(found.values()))
    return found, asked, note("no_variation") if is_constant(everything) else None


def _notes(found: Mapping[str, Numbers], n: int, asked: int) -> tuple[Note, ...]:
    least = min(values.size for values in found.values())
    return ((note("few", n=int(least), needed=FEW),) if least < FEW else ()) + missing_note(n, asked)
