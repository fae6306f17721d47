"""Two people code the same units: percent agreement and four ways to take chance out of it.

They differ in what chance means: each coder's own habits (Cohen), the habits of both together (Scott), how hard the
units are (Gwet's AC1), or all categories alike (Brennan and Prediger). When nearly all units are of one kind, kappa
falls although people agree; AC1 then says more. Sources: Cohen 1960 and 1968; Scott 1955; Brennan and Prediger 1981;
Gwet 2008, Br J Math Stat Psychol 61:29; Fleiss, Cohen and Everitt 1969 (errors).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mlezi.methods.agreement.coefficients import coefficient, skewed
from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note, proportion
from mlezi.methods.statistics.values import BadValue, Numbers

Weights = Literal["none", "linear", "squared"]


@dataclass(frozen=True)
class TwoCoders:
    """Percent agreement with a Wilson interval, and the coefficients. With weights, near misses count in part."""

    percent: Estimate
    kappa: Estimate
    scott: Estimate
    ac1: Estimate
    brennan_prediger: Estimate


def agreement(
    first: Iterable[Hashable | None],
    second: Iterable[Hashable | None],
    *,
    unit: str,
    categories: Sequence[Hashable] | None = None,
    weights: Weights = "none",
    level: float = 0.95,
) -> TwoCoders:
    """Agreement of two coders on the same units, in order, with gaps. `unit` says what was coded, in words.

    `categories` lists all that could be chosen, in order where they have one (default: those used, by text). AC1 and
    Brennan-Prediger depend on how many there are; weights depend on their order. Raises BadValue for a coding outside
    the categories.
    """
    check_level(level)
    one, two = list(first), list(second)
    if len(one) != len(two):
        raise BadValue(f"the coders differ in the number of units: {len(one)} and {len(two)}")
    pairs = [(a, b) for a, b in zip(one, two, strict=True) if a is not None and b is not None]
    names = listed(categories, [code for pair in pairs for code in pair])
    place = {name: i for i, name in enumerate(names)}
    a, b = (np.array([place[pair[side]] for pair in pairs], dtype=int) for side in (0, 1))
    return _coefficients(a, b, names, asked=len(one), unit=unit, weights=weights, level=level)


def listed(categories: Sequence[Hashable] | None, used: list[Hashable]) -> list[Hashable]:
    """All categories in order; raises BadValue for a coding that is not among the declared."""
    if categories is None:
        return sorted(set(used), key=lambda code: (isinstance(code, str), code if _is_number(code) else 0, str(code)))
    strangers = sorted({str(code) for code in used if code not in set(categories)})
    if strangers:
        raise BadValue(f"“{strangers[0]}” is not one of the categories")
    return list(categories)


def _is_number(code: Hashable) -> bool:
    return isinstance(code, int | float)


def _coefficients(
    a: Numbers, b: Numbers, names: list[Hashable], *, asked: int, unit: str, weights: Weights, level: float
) -> TwoCoders:
    n, q = int(a.size), len(names)
    per = f"agreement per {unit}"
    percent = proportion(int((a == b).sum()), n, asked=asked, level=level, estimand=f"Share in {per}")
    variant = f"{q} categories" if weights == "none" else f"{q} categories, {weights} weights"
    if n == 0 or q < 2:
        reason = note("one_category") if n else nothing_used(asked)
        blank = [
            empty(
                reason,
                estimand=f"Chance-corrected {per}",
                method=name,
                variant=variant,
                n_used=n,
                n_eligible=asked,
                level=level,
            )
            for name in _METHODS
        ]
        return TwoCoders(percent, *blank)
    near = weight_matrix(q, weights)
    agreed = near[a, b]
    of_a, of_b = (np.bincount(side, minlength=q) / n for side in (a, b))
    both = (of_a + of_b) / 2
    chances = _chances(a, b, near, (of_a, of_b, both))
    notes: tuple[Note, ...] = (note("few", n=n, needed=FEW),) if n < FEW else ()
    shape = skewed(both, [str(name) for name in names])
    return TwoCoders(
        percent,
        *(
            coefficient(
                agreed=agreed,
                chance=chance,
                pulls=pulls,
                variance_n=n,
                n_used=n,
                n_eligible=asked,
                level=level,
                estimand=f"Chance-corrected {per}",
                method=method,
                variant=variant,
                warnings=notes + (shape if method in _METHODS[:2] else ()) + missing_note(n, asked),
            )
            for method, (chance, pulls) in zip(_METHODS, chances, strict=True)
        ),
    )


_METHODS = ("Cohen's kappa", "Scott's pi", "Gwet's AC1", "Brennan-Prediger")


def _chances(
    a: Numbers, b: Numbers, near: Numbers, shares: tuple[Numbers, Numbers, Numbers]
) -> list[tuple[float, Numbers]]:
    """Chance agreement and each unit's part in it, for the four coefficients in order."""
    of_a, of_b, both = shares
    q = both.size
    total = float(near.sum())
    cohen = ((near @ of_b)[a] + (near.T @ of_a)[b]) / 2
    scott = ((near @ both)[a] + (near @ both)[b]) / 2
    scale = total / (q * (q - 1))
    gwet = scale * (1 - (both[a] + both[b]) / 2)
    flat = total / q**2
    return [
        (float(of_a @ near @ of_b), cohen),
        (float(both @ near @ both), scott),
        (scale * float(both @ (1 - both)), gwet),
        (flat, np.full(a.size, flat)),
    ]


def weight_matrix(q: int, weights: Weights) -> Numbers:
    """How much a pair of categories counts as agreement: 1 on the diagonal, less the further apart they are."""
    apart: Numbers = np.abs(np.arange(q)[:, None] - np.arange(q)[None, :]) / max(q - 1, 1)
    if weights == "none":
        return np.eye(q)
    if weights in ("linear", "squared"):
        near: Numbers = 1 - (apart if weights == "linear" else apart**2)
        return near
    raise ValueError(f"unknown weights {weights!r}: none, linear or squared")
