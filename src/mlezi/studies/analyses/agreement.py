"""Whether raters agree: two or more measures of the same people, one measure a rater."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from django.utils.translation import gettext_noop as _

from mlezi.methods.agreement import icc, krippendorff, many_coders, two_coders
from mlezi.studies.analysis import Analysis, Asked, Options
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, word
from mlezi.studies.measures import frame


class Choices(Options):
    measurement: Literal["nominal", "ordinal", "interval"] = "nominal"
    resamples: int = 1000


def run(data: Data, asked: Asked) -> Found:
    raters = [one.code for one in asked.outcomes]
    nominal = asked.options.measurement == "nominal"
    rows = frame(
        data, {one.code: (one, asked.at) for one in asked.outcomes}, words=frozenset(raters) if nominal else frozenset()
    )
    units = [[_plain(rows.columns[code][i]) for code in raters] for i in range(len(rows))]
    rated = sum(1 for unit in units if sum(one is not None for one in unit) > 1)
    figures = []
    if nominal and len(raters) == 2:
        pair = two_coders.agreement([u[0] for u in units], [u[1] for u in units], unit="person", level=asked.level)
        figures = [
            Figure("percent", word("percent_agreement"), pair.percent, "share", headline=True),
            Figure("kappa", word("kappa"), pair.kappa, "coefficient", headline=True),
            Figure("ac1", word("ac1"), pair.ac1, "coefficient"),
        ]
    elif nominal:
        many = many_coders.agreement(units, unit="person", level=asked.level)
        figures = [
            Figure("percent", word("percent_agreement"), many.percent, "share", headline=True),
            Figure("fleiss", word("kappa"), many.fleiss, "coefficient", headline=True),
            Figure("ac1", word("ac1"), many.ac1, "coefficient"),
        ]
    else:
        exact = icc.intraclass(units, kind="A,1", level=asked.level)
        figures = [Figure("icc", word("icc"), exact, "coefficient", headline=True)]
    alpha = krippendorff.alpha(
        units,
        measurement=asked.options.measurement,
        unit="person",
        seed=asked.seed,
        resamples=asked.options.resamples,
        level=asked.level,
    )
    figures.append(Figure("alpha", word("krippendorff"), alpha, "coefficient"))
    return Found(
        tuple(figures),
        (("eligible", len(rows)), ("rated_twice", rated)),
        ran={"measurement": asked.options.measurement, "resamples": asked.options.resamples},
    )


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return value if isinstance(value, str) else float(value)


ANALYSIS = Analysis(
    code="agreement",
    title=_("Agreement of raters"),
    says=_("Whether two or more raters see the same in the same people, beyond chance."),
    needs=("outcomes",),
    run=run,
    options=Choices,
    takes=("at",),
)
