"""How two measures go together in the same people; people of one site are not taken for strangers."""

from __future__ import annotations

from typing import Literal

import numpy as np
from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics.correlations import pearson, pearson_by_site, spearman
from mlezi.studies.analysis import Analysis, Asked, Options, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Picture, joined, of, word
from mlezi.studies.measures import frame

POINTS = 2000


class Choices(Options):
    method: Literal["pearson", "spearman"] = "pearson"
    by_site: bool = True


def run(data: Data, asked: Asked) -> Found:
    assert asked.against is not None
    pair = {"x": (asked.against, asked.at), "y": (asked.outcome, asked.at)}
    rows = frame(data, pair, site=True)
    x, y = rows.columns["x"], rows.columns["y"]
    label = joined(of("outcome", asked.against.code), of("outcome", asked.outcome.code))
    refusal = rows.trouble["x"].refusal(asked.against) or rows.trouble["y"].refusal(asked.outcome)
    both = ~np.isnan(x) & ~np.isnan(y)
    steps = (("eligible", len(rows)), ("have_first", int((~np.isnan(x)).sum())), ("both_measures", int(both.sum())))
    if refusal:
        empty = nothing(refusal, estimand="Correlation", method="Correlation", eligible=len(rows), level=asked.level)
        return Found((Figure("r", label, empty, "coefficient", headline=True),), steps)
    main = (pearson if asked.options.method == "pearson" else spearman)(x, y, level=asked.level)
    figures = [Figure("r", label, main, "coefficient", headline=True, p=main.numbers.get("p"))]
    sites = [one or None for one in rows.site]
    if asked.options.by_site and asked.options.method == "pearson":
        within = pearson_by_site(x, y, sites, level=asked.level)
        figures.append(Figure("r_by_site", joined(label, word("respects_sites")), within, "coefficient"))
    shown = np.flatnonzero(both)
    shown = shown[np.linspace(0, shown.size - 1, POINTS).astype(int)] if shown.size > POINTS else shown
    cloud = Picture(
        "scatter",
        label,
        {
            "points": [[float(x[i]), float(y[i])] for i in shown],
            "n": int(both.sum()),
            "x": asked.against.code,
            "y": asked.outcome.code,
        },
    )
    return Found(tuple(figures), steps, pictures=(cloud,), ran={"method": asked.options.method})


ANALYSIS = Analysis(
    code="correlation",
    title=_("How two measures go together"),
    says=_("Whether people with more of one have more of the other; not that one makes the other."),
    needs=("outcome", "against"),
    run=run,
    options=Choices,
    takes=("at",),
)
