"""What people received against what was planned for them."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics.means import mean
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.proportions import share
from mlezi.methods.statistics.quantiles import median
from mlezi.studies.analysis import Analysis, Asked, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Picture, joined, word
from mlezi.studies.measures import frame
from mlezi.studies.plan import Measure, Time


def run(data: Data, asked: Asked) -> Found:
    exposure = asked.plan.exposure
    if exposure is None:
        empty = nothing(
            note("not_defined", why="the plan declares no exposure"), estimand="Dose", method="Dose", level=asked.level
        )
        return Found((Figure("all", word("dose"), empty, headline=True),))
    during = Time.model_validate(
        {"code": "exposure", "title": "x", "from_on": exposure.from_on, "to_on": exposure.to_on}
    )
    figures, pictures, n = [], [], 0
    for kind, planned in (("sessions", exposure.sessions), ("hours", exposure.hours)):
        if planned is None and kind == "hours":
            continue
        measure = Measure.model_validate({"code": kind, "title": kind, "of": kind, "encounters": exposure.encounters})
        rows = frame(data, {"y": (measure, during)}, asked.comparison)
        y, n = rows.columns["y"], len(rows)
        sides = asked.in_order(sorted({one for one in rows.side if one})) if asked.comparison else []
        for side in ["all", *sides]:
            kept = y if side == "all" else y[rows.side == side]
            label = joined(word(kind), word("everybody") if side == "all" else asked.group(side))
            figures += _figures(asked, f"{side}.{kind}", label, kept, planned)
        counts = np.bincount(y[~np.isnan(y)].astype(int)) if np.any(~np.isnan(y)) else np.zeros(0, int)
        pictures.append(
            Picture(
                "histogram",
                word(kind),
                {"counts": [int(one) for one in counts], "planned": planned, "n": int((~np.isnan(y)).sum())},
            )
        )
    return Found(
        tuple(figures),
        (("eligible", n),),
        pictures=tuple(pictures),
        ran={"sessions": exposure.sessions, "hours": exposure.hours},
    )


def _figures(asked: Asked, key: str, label: tuple[str, ...], y: np.ndarray, planned: float | None) -> list[Figure]:
    everybody = key.startswith("all")
    kind = key.rpartition(".")[2]
    found = [
        Figure(f"{key}.mean", joined(label, word("mean")), mean(y, level=asked.level), "points", f"{kind}mean"),
        Figure(
            f"{key}.median",
            joined(label, word("median")),
            median(y, level=asked.level),
            "points",
            f"{kind}median",
            everybody and planned is None,
        ),
    ]
    if planned:
        full = np.where(np.isnan(y), np.nan, (y >= planned).astype(float))
        part = mean(y / planned, level=asked.level, estimand="Delivered dose as a part of the planned")
        found.append(Figure(f"{key}.of_planned", joined(label, word("of_planned")), part, "share", f"{kind}planned"))
        found.append(
            Figure(
                f"{key}.full",
                joined(label, word("full_dose")),
                share(full, level=asked.level),
                "share",
                f"{kind}full",
                everybody,
            )
        )
    return found


ANALYSIS = Analysis(
    code="dose",
    title=_("Dose delivered and planned"),
    says=_("How much of what was planned people received; without it no result can be read."),
    needs=(),
    run=run,
    takes=("compare",),
)
