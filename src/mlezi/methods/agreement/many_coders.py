"""Any number of people code the same units, not every person every unit.

Sources: Fleiss 1971, Psychol Bull 76:378; Conger 1980, Psychol Bull 88:322; Gwet 2008 (AC1); Brennan and Prediger
1981; with gaps: Gwet 2014, Handbook of Inter-Rater Reliability, chapter 2 (units with one coding still tell how
often categories are used, those with two or more tell agreement).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mlezi.methods.agreement.coefficients import coefficient, skewed
from mlezi.methods.agreement.two_coders import listed
from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.means import mean
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.values import BadValue, Numbers

_METHODS = ("Fleiss' kappa", "Conger's kappa", "Gwet's AC1", "Brennan-Prediger")


@dataclass(frozen=True)
class ManyCoders:
    """Average share of agreeing pairs of coders per unit, and the coefficients."""

    percent: Estimate
    fleiss: Estimate
    conger: Estimate
    ac1: Estimate
    brennan_prediger: Estimate


def agreement(
    units: Sequence[Sequence[Hashable | None]],
    *,
    unit: str,
    categories: Sequence[Hashable] | None = None,
    level: float = 0.95,
) -> ManyCoders:
    """Agreement on `units`: one row per unit, one place per coder (the same coder always in the same place), gaps None.

    `n_used` counts units with two codings or more, `n_eligible` all units. Fleiss does not look at who coded, Conger
    does. Raises BadValue when rows differ in length or a coding is not among the categories.
    """
    check_level(level)
    if len({len(row) for row in units}) > 1:
        raise BadValue("every unit needs one place per coder")
    names = listed(categories, [code for row in units for code in row if code is not None])
    place = {name: i for i, name in enumerate(names)}
    codes = np.array([[-1 if code is None else place[code] for code in row] for row in units], dtype=int)
    codes = codes.reshape(len(units), len(units[0]) if units else 0)
    return _coefficients(codes, names, unit=unit, level=level)


def _coefficients(codes: Numbers, names: list[Hashable], *, unit: str, level: float) -> ManyCoders:
    asked, q = len(codes), len(names)
    chosen: NDArray[np.bool_] = np.equal(codes[:, :, None], np.arange(q)[None, None, :])
    counts = chosen.sum(axis=1).astype(np.float64)
    told = counts.sum(axis=1)
    counts, chosen, told = counts[told > 0], chosen[told > 0], told[told > 0]
    several = told >= 2
    n = int(several.sum())
    per = f"agreement per {unit}"
    pairs = np.divide((counts * (counts - 1)).sum(axis=1), told * (told - 1), out=np.zeros(told.size), where=several)
    percent = _percent(pairs[several], asked, level=level, per=per)
    variant = f"{q} categories"
    if n == 0 or q < 2:
        reason = note("one_category") if n else nothing_used(asked)
        blank = [
            empty(
                reason,
                estimand=f"Chance-corrected {per}",
                method=method,
                variant=variant,
                n_used=n,
                n_eligible=asked,
                level=level,
            )
            for method in _METHODS
        ]
        return ManyCoders(percent, *blank)
    shares = (counts / told[:, None]).mean(axis=0)
    notes: tuple[Note, ...] = (note("few", n=n, needed=FEW),) if n < FEW else ()
    notes += (note("uncoded", n=asked - n),) if asked > n else ()
    shape = skewed(shares, [str(name) for name in names])
    # Units with one coding tell nothing of agreement; the others weigh more, so that their mean is the agreement.
    weigh = told.size / n
    found = []
    for method, (chance, pulls) in zip(_METHODS, _chances(counts, chosen, told, shares), strict=True):
        agreed = weigh * np.where(several, pairs - chance, 0.0) + chance
        found.append(
            coefficient(
                agreed=agreed,
                chance=chance,
                pulls=pulls,
                variance_n=told.size - 1,
                n_used=n,
                n_eligible=asked,
                level=level,
                estimand=f"Chance-corrected {per}",
                method=method,
                variant=variant,
                warnings=notes + (shape if method in _METHODS[:2] else ()),
            )
        )
    return ManyCoders(percent, *found)


def _percent(pairs: Numbers, asked: int, *, level: float, per: str) -> Estimate:
    found = mean(pairs, level=level, estimand=f"Average share of agreeing pairs of coders, {per}")
    cut = found.mapped(lambda end: min(1.0, max(0.0, end)))
    return replace(cut, n_eligible=asked, numbers=dict(cut.numbers))


def _chances(counts: Numbers, chosen: NDArray[np.bool_], told: Numbers, shares: Numbers) -> list[tuple[float, Numbers]]:
    """Chance agreement and each unit's part in it, for the four coefficients in order."""
    q = shares.size
    own = counts / told[:, None]
    scale = 1 / (q - 1)
    flat = 1 / q
    return [
        (float(shares @ shares), own @ shares),
        _conger(chosen),
        (scale * float(shares @ (1 - shares)), scale * (own @ (1 - shares))),
        (flat, np.full(told.size, flat)),
    ]


def _conger(chosen: NDArray[np.bool_]) -> tuple[float, Numbers]:
    """Chance that two different coders, each by their own habits, choose alike; averaged over pairs of coders."""
    by_coder = chosen.sum(axis=2).sum(axis=0)
    here = chosen[:, by_coder > 0].astype(np.float64)
    by_coder = by_coder[by_coder > 0]
    raters, n = by_coder.size, len(chosen)
    if raters < 2:
        return 0.0, np.zeros(n)
    habits = here.sum(axis=0) / by_coder[:, None]
    total = habits.sum(axis=0)
    chance = float((total**2).sum() - (habits**2).sum()) / (raters * (raters - 1))
    # Half the slope of chance with respect to a coder's habits, times how one unit moves these habits.
    slope = (total[None, :] - habits) / (raters * (raters - 1))
    seen = here.sum(axis=2, keepdims=True)
    moves = (here - habits * seen) * (n / by_coder)[None, :, None]
    return chance, chance + (moves * slope).sum(axis=(1, 2))
