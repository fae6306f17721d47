"""Every site's share against its size, with the limits within which chance alone would leave it.

Limits are exact binomial around the share of all sites (Spiegelhalter 2005, Stat Med 24:1185): 95 % and 99.8 %.
"""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics.proportions import proportion
from mlezi.studies.analysis import Analysis, Asked, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Grid, Picture, of, word
from mlezi.studies.measures import frame

LIMITS = (0.95, 0.998)
CURVE = 60  # points of each limit's line


def run(data: Data, asked: Asked) -> Found:
    rows = frame(data, {"y": (asked.outcome, asked.at)}, site=True)
    label, y = of("outcome", asked.outcome.code), rows.columns["y"]
    refusal = rows.trouble["y"].refusal(asked.outcome)
    known = ~np.isnan(y) & np.array([bool(one) for one in rows.site], dtype=bool)
    sites, place = np.unique(rows.site[known].astype(str), return_inverse=True)
    n = np.bincount(place, minlength=len(sites))
    k = np.bincount(place, weights=y[known], minlength=len(sites))
    steps = (("eligible", len(rows)), ("answered", int(known.sum())), ("sites", len(sites)))
    if refusal:
        empty = nothing(refusal, estimand="Share", method="Funnel", eligible=len(rows), level=asked.level)
        return Found((Figure("all", label, empty, "share", headline=True),), steps)
    whole = proportion(int(k.sum()), int(n.sum()), asked=len(rows), level=asked.level, estimand="Share in all sites")
    if whole.point is None:
        return Found((Figure("all", label, whole, "share", headline=True),), steps)
    shown = n >= asked.plan.minimum_group
    outside = [_beyond(int(k[i]), int(n[i]), whole.point) for i in range(len(sites))]
    grid = Grid(
        "sites",
        word("sites_outside"),
        (word("sites"),),
        (
            (word("within_limits"), (sum(one == 0 for one in outside),)),
            (word("beyond_95"), (sum(one == 1 for one in outside),)),
            (word("beyond_998"), (sum(one == 2 for one in outside),)),
        ),
    )
    points = [[int(n[i]), float(k[i] / n[i]), outside[i], str(sites[i])] for i in range(len(sites)) if shown[i]]
    sizes = np.unique(np.linspace(1, max(int(n.max()), 2), CURVE).astype(int))
    curves = [[int(size), *_both(int(size), whole.point)] for size in sizes]
    picture = Picture("funnel", label, {"points": points, "limits": curves, "whole": whole.point})
    return Found(
        (Figure("all", label, whole, "share", headline=True),),
        steps,
        grids=(grid,),
        pictures=(picture,),
        ran={"limits": list(LIMITS)},
    )


def _both(n: int, share: float) -> list[float]:
    return [float(bound) for level in LIMITS for bound in _limits(n, share, level)]


def _limits(n: int, share: float, level: float) -> tuple[float, float]:
    from scipy.stats import binom  # noqa: PLC0415 - two seconds to load

    tail = (1 - level) / 2
    return binom.ppf(tail, n, share) / n, binom.ppf(1 - tail, n, share) / n


def _beyond(k: int, n: int, share: float) -> int:
    """0 within both limits, 1 beyond 95 %, 2 beyond 99.8 %."""
    found = 0
    for number, level in enumerate(LIMITS, start=1):
        low, high = _limits(n, share, level)
        if not low <= k / n <= high:
            found = number
    return found


ANALYSIS = Analysis(
    code="funnel",
    title=_("Sites against their size"),
    says=_("Which sites differ from the rest by more than chance; where to look, not whom to blame."),
    needs=("outcome",),
    run=run,
    takes=("at",),
)
