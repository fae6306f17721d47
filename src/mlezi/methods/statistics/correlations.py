"""How two numbers go together: Pearson with Fisher's interval, Spearman with Bonett and Wright's, partial, by site.

Sources: Pearson 1896; Fisher 1921 (interval, also with partialled-out columns); Spearman 1904; Bonett and Wright
2000, Psychometrika 65:23; Efron 1982 (jackknife, here leaving out one site at a time).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from math import atanh, sqrt, tanh

import numpy as np

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.means import is_constant, p_of_t, t_of
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.paired import midranks
from mlezi.methods.statistics.proportions import missing_note, z_of
from mlezi.methods.statistics.values import BadValue, Numbers, Value, complete_pairs, table, with_gaps

CERTAIN = 1 - 1e-12  # Nearer to 1 than this is a line up to rounding.


def pearson(
    first: Iterable[Value],
    second: Iterable[Value],
    *,
    level: float = 0.95,
    estimand: str = "Linear correlation",
) -> Estimate:
    """Pearson's r with Fisher's interval. `numbers` where r is not 1 or -1: t, df, p."""
    one, two, asked = complete_pairs(first, second)
    return _correlation(
        one,
        two,
        asked=asked,
        level=level,
        method="Pearson correlation",
        variant="Fisher interval",
        estimand=estimand,
        spearman_se=False,
    )


def spearman(
    first: Iterable[Value],
    second: Iterable[Value],
    *,
    level: float = 0.95,
    estimand: str = "Rank correlation",
) -> Estimate:
    """Spearman's rank correlation, ties by midranks, Bonett-Wright interval; p from t. For sums of ratings."""
    one, two, asked = complete_pairs(first, second)
    return _correlation(
        midranks(one),
        midranks(two),
        asked=asked,
        level=level,
        method="Spearman rank correlation",
        variant="Bonett-Wright interval",
        estimand=estimand,
        spearman_se=True,
    )


def partial(
    first: Iterable[Value],
    second: Iterable[Value],
    controls: Sequence[Iterable[Value]],
    *,
    level: float = 0.95,
    estimand: str = "Linear correlation with other columns held equal",
) -> Estimate:
    """Pearson's r of what is left of both columns after the controls; rows with any gap are left out."""
    rows = table([with_gaps(column) for column in (first, second, *controls)])
    asked = int(rows.shape[1])
    kept = rows[:, ~np.isnan(rows).any(axis=0)]
    base = np.vstack([np.ones(kept.shape[1]), kept[2:]]).T
    left = [column - base @ np.linalg.lstsq(base, column, rcond=None)[0] for column in kept[:2]]
    sizes = [float(np.std(column)) if column.size else 0.0 for column in kept[:2]]
    # What the controls explain wholly is rounding noise; noise must not be correlated.
    clean = (
        [
            np.zeros_like(rest) if np.std(rest) <= 1e-10 * max(size, 1e-300) else rest
            for rest, size in zip(left, sizes, strict=True)
        ]
        if kept.shape[1]
        else left
    )
    rank = int(np.linalg.matrix_rank(base)) - 1 if kept.shape[1] else 0
    return _correlation(
        clean[0],
        clean[1],
        asked=asked,
        level=level,
        method="Partial Pearson correlation",
        variant=f"Fisher interval; {len(controls)} held equal",
        estimand=estimand,
        spearman_se=False,
        held=rank,
    )


def pearson_by_site(
    first: Iterable[Value],
    second: Iterable[Value],
    sites: Iterable[Hashable],
    *,
    level: float = 0.95,
    estimand: str = "Linear correlation, people within sites",
) -> Estimate:
    """Pearson's r with an interval that respects sites: Fisher's z, jackknife over sites, t with sites - 1.

    Empty below three sites. `numbers`: sites, df, se_z, p.
    """
    method, variant = "Pearson correlation", "jackknife over sites on Fisher's z"
    check_level(level)
    one, two, where = with_gaps(first), with_gaps(second), list(sites)
    if not one.size == two.size == len(where):
        raise BadValue("the two series and the sites differ in length")
    kept = ~(np.isnan(one) | np.isnan(two)) & np.array([site is not None for site in where], dtype=bool)
    names = [site for site, keep in zip(where, kept, strict=True) if keep]
    one, two, asked, n = one[kept], two[kept], len(where), int(kept.sum())
    places = np.unique([str(name) for name in names], return_inverse=True)[1] if n else np.empty(0, dtype=int)
    count = len(set(places.tolist()))
    reason = _why_not(one, two, asked, needed=3)
    if reason is None and count < 3:
        reason = note("too_few_for_estimate", n=f"{count} site(s)", needed="3 sites")
    parts = [] if reason else [(one[places != site], two[places != site]) for site in range(count)]
    if any(is_constant(a) or is_constant(b) or abs(_r(a, b)) >= CERTAIN for a, b in parts):
        reason = note("not_defined", why="without one of the sites there is no variation left")
    if reason is not None or abs(_r(one, two)) >= CERTAIN:
        reason = reason or note("not_defined", why="the points lie exactly on a line")
        return empty(reason, estimand=estimand, method=method, variant=variant, n_used=n, n_eligible=asked, level=level)
    r, left_out = _r(one, two), np.array([atanh(_r(a, b)) for a, b in parts])
    se = sqrt((count - 1) / count * float(((left_out - left_out.mean()) ** 2).sum()))
    half = t_of(level, count - 1) * se
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n,
        n_eligible=asked,
        point=r,
        low=tanh(atanh(r) - half),
        high=tanh(atanh(r) + half),
        level=level,
        warnings=((note("few_sites", sites=count),) if count < FEW else ()) + missing_note(n, asked),
        numbers={"sites": count, "df": count - 1, "se_z": se}
        | ({"p": p_of_t(atanh(r) / se, count - 1)} if se > 0 else {}),
    )


def _correlation(
    one: Numbers,
    two: Numbers,
    *,
    asked: int,
    level: float,
    method: str,
    variant: str,
    estimand: str,
    spearman_se: bool,
    held: int = 0,
) -> Estimate:
    check_level(level)
    n = int(one.size)
    reason = _why_not(one, two, asked, needed=3 + held)
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, variant=variant, n_used=n, n_eligible=asked, level=level)
    r, df = _r(one, two), n - 2 - held
    low = high = None
    numbers: dict[str, float] = {"df": df}
    notes: tuple[Note, ...] = (note("few", n=n, needed=FEW),) if n < FEW else ()
    if abs(r) >= CERTAIN:
        r = float(np.sign(r))
        notes += (note("on_a_line"),)
    else:
        t = r * sqrt(df / (1 - r * r))
        numbers |= {"t": t, "p": p_of_t(t, df)}
        if df > 1:
            half = z_of(level) * sqrt((1 + r * r / 2 if spearman_se else 1) / (df - 1))
            low, high = tanh(atanh(r) - half), tanh(atanh(r) + half)
        else:
            notes += (note("no_interval", needed=4 + held, n=n),)
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n,
        n_eligible=asked,
        point=r,
        low=low,
        high=high,
        level=level,
        warnings=notes + missing_note(n, asked),
        numbers=numbers,
    )


def _r(one: Numbers, two: Numbers) -> float:
    a, b = one - one.mean(), two - two.mean()
    a, b = a / np.abs(a).max(), b / np.abs(b).max()  # squares of tiny numbers would vanish
    return float(np.clip(a @ b / sqrt(float(a @ a) * float(b @ b)), -1, 1))


def _why_not(one: Numbers, two: Numbers, asked: int, *, needed: int) -> Note | None:
    if one.size == 0:
        return nothing_used(asked)
    if one.size < needed:
        return note("too_few_for_estimate", n=int(one.size), needed=needed)
    return note("no_variation") if is_constant(one) or is_constant(two) else None
