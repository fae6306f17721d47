"""Who is reached: in each group the share with any encounter, and how many each person had, beside everybody else."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics.means import mean
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.proportions import share
from mlezi.methods.statistics.two_proportions import risk_difference
from mlezi.methods.statistics.values import Numbers
from mlezi.studies.analysis import Analysis, Asked
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Picture, joined, word
from mlezi.studies.measures import frame
from mlezi.studies.plan import Measure, Time


def run(data: Data, asked: Asked) -> Found:
    exposure = asked.plan.exposure
    during = Time.model_validate(
        {
            "code": "exposure",
            "title": "x",
            "from_on": exposure.from_on if exposure else None,
            "to_on": exposure.to_on if exposure else None,
        }
    )
    types = exposure.encounters if exposure else []
    sessions = Measure.model_validate({"code": "sessions", "title": "x", "of": "sessions", "encounters": types})
    rows = frame(data, {"y": (sessions, during)}, asked.comparison)
    received = rows.columns["y"]
    sides = asked.in_order(sorted({one for one in rows.side if one}))
    figures = _group(asked, "all", received)
    for side in sides:
        inside = rows.side == side
        figures += _group(asked, side, received[inside])
        figures.append(_against_others(asked, side, received[inside], received[~inside & (rows.side != "")]))
    nowhere = int(sum(1 for one in rows.side if not one))
    return Found(
        figures=tuple(figures),
        steps=(("eligible", len(rows)), ("in_a_group", len(rows) - nowhere)),
        pictures=(
            Picture("intervals", word("reached"), {"unit": "share", "of": _named(figures, "reached")}),
            Picture("intervals", word("encounters_each"), {"unit": "points", "of": _named(figures, "mean")}),
        ),
        limits=(note("no_group", n=nowhere),) if nowhere else (),
        ran={"groups": len(sides)},
    )


def _named(figures: list[Figure], what: str) -> list[str]:
    return [one.key for one in figures if one.key.endswith(f".{what}")]


def _group(asked: Asked, side: str, received: Numbers) -> list[Figure]:
    name = word("everybody") if side == "all" else asked.group(side)
    reached = share(_reached(received), level=asked.level, estimand="Share of people with at least one encounter")
    each = mean(received, level=asked.level, lowest=0, estimand="Encounters a person")
    whole = side == "all"
    return [
        Figure(f"{side}.reached", joined(name, word("reached")), reached, "share", "reached", headline=whole),
        Figure(f"{side}.mean", joined(name, word("encounters_each")), each, "points", "encounters"),
    ]


def _reached(received: Numbers) -> Numbers:
    return np.where(np.isnan(received), np.nan, (received > 0).astype(float))


def _against_others(asked: Asked, side: str, inside: Numbers, others: Numbers) -> Figure:
    counts = [(int(np.nansum(_reached(one))), int((~np.isnan(one)).sum())) for one in (inside, others)]
    difference = risk_difference(
        *counts[0], *counts[1], asked=inside.size + others.size, level=asked.level, names=(side, "others")
    )
    label = joined(asked.group(side), word("less"), word("others"), word("reached"))
    return Figure(f"{side}.gap", label, difference, "share", "gap", p=difference.numbers.get("p_fisher"))


ANALYSIS = Analysis(
    code="equity",
    title=_("Who is reached"),
    says=_("Whether the programme reaches some groups less than others. Why is not in the figures."),
    needs=("compare",),
    run=run,
)
