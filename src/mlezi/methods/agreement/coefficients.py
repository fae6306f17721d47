"""What all chance-corrected coefficients share: (agreement - chance) / (1 - chance), its error and its estimate.

The error is the linearised one: each unit pulls agreement and chance a little, and the spread of these pulls is the
error. Sources: Fleiss, Cohen and Everitt 1969, Psychol Bull 72:323; Gwet 2014, Handbook of Inter-Rater
Reliability, chapters 4 and 5.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from mlezi.methods.statistics.estimate import Estimate, empty
from mlezi.methods.statistics.means import t_of
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.values import Numbers


def coefficient(
    *,
    agreed: Numbers,
    chance: float,
    pulls: Numbers,
    variance_n: int,
    n_used: int,
    n_eligible: int,
    level: float,
    estimand: str,
    method: str,
    variant: str,
    warnings: tuple[Note, ...],
) -> Estimate:
    """The estimate from each unit's agreement (mean = observed agreement) and each unit's share of chance.

    `pulls` has mean `chance`; it is half the slope of chance with respect to the unit. `variance_n` is the divisor of
    the mean square (n for tables, n - 1 for raw data; sources differ). t interval with n - 1, cut at -1 and 1.
    """
    n = int(agreed.size)
    observed = float(agreed.mean())
    if chance >= 1 - 1e-12:
        return empty(
            note("one_category"),
            estimand=estimand,
            method=method,
            variant=variant,
            n_used=n_used,
            n_eligible=n_eligible,
            level=level,
            warnings=warnings,
            numbers={"agreement": observed},
        )
    point = (observed - chance) / (1 - chance)
    pull = ((agreed - observed) - 2 * (1 - point) * (pulls - chance)) / (1 - chance)
    low = high = None
    numbers = {"agreement": observed, "chance": chance}
    if n < 2:
        warnings += (note("no_interval", needed=2, n=n),)
    elif observed >= 1 - 1e-12:
        warnings += (note("perfect"),)
    else:
        se = sqrt(float((pull**2).sum()) / (n * variance_n))
        half = t_of(level, n - 1) * se
        # With gaps, chance comes from more units than agreement does, and a coefficient may fall below -1.
        low, high = max(min(-1.0, point), point - half), min(1.0, point + half)
        numbers["se"] = se
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n_used,
        n_eligible=n_eligible,
        point=min(1.0, point),
        low=low,
        high=high,
        level=level,
        warnings=warnings,
        numbers=numbers,
    )


def skewed(shares: Numbers, names: list[str]) -> tuple[Note, ...]:
    """Whether nearly all codings fall into one category, where kappa is low even when coders agree."""
    most = int(np.argmax(shares))
    return (note("skewed_margins", category=names[most]),) if shares[most] >= 0.8 else ()
