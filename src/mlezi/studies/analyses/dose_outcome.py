"""Whether those who received more changed more. People choose their dose: no cause is claimed."""

from __future__ import annotations

from typing import Literal

import numpy as np
from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics.correlations import partial, pearson, spearman
from mlezi.methods.statistics.notes import note
from mlezi.studies.analysis import Analysis, Asked, Options, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Picture, joined, of, word
from mlezi.studies.measures import frame
from mlezi.studies.plan import Measure, Time


class Choices(Options):
    dose: Literal["sessions", "hours"] = "sessions"
    method: Literal["pearson", "spearman"] = "spearman"


def run(data: Data, asked: Asked) -> Found:
    first, last = (asked.times[0], asked.times[-1]) if asked.spec.from_ and asked.spec.to else (None, asked.at)
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
    dose = Measure.model_validate({"code": "dose", "title": "dose", "of": asked.options.dose, "encounters": types})
    wanted = {"dose": (dose, during), "after": (asked.outcome, last)}
    wanted |= {"before": (asked.outcome, first)} if first else {}
    rows = frame(data, wanted)
    x, after = rows.columns["dose"], rows.columns["after"]
    y = after - rows.columns["before"] if first else after
    label = joined(word("dose"), of("outcome", asked.outcome.code), *((word("mean_change"),) if first else ()))
    both = ~np.isnan(x) & ~np.isnan(y)
    steps = (("eligible", len(rows)), ("have_dose", int((~np.isnan(x)).sum())), ("both_measures", int(both.sum())))
    refusal = next(
        (r for name in rows.trouble if name != "dose" and (r := rows.trouble[name].refusal(asked.outcome))), None
    )
    if refusal:
        empty = nothing(
            refusal, estimand="Dose and outcome", method="Correlation", eligible=len(rows), level=asked.level
        )
        return Found((Figure("r", label, empty, "coefficient", headline=True),), steps)
    main = (pearson if asked.options.method == "pearson" else spearman)(x, y, level=asked.level)
    figures = [Figure("r", label, main, "coefficient", headline=True, p=main.numbers.get("p"))]
    if first:
        start = rows.columns["before"]
        held = partial(x, y, [start], level=asked.level)
        figures.append(Figure("r_given_start", joined(label, word("start_held_equal")), held, "coefficient"))
    shown = np.flatnonzero(both)[:2000]
    cloud = Picture(
        "scatter",
        label,
        {
            "points": [[float(x[i]), float(y[i])] for i in shown],
            "n": int(both.sum()),
            "x": asked.options.dose,
            "y": asked.outcome.code,
        },
    )
    return Found(
        tuple(figures),
        steps,
        pictures=(cloud,),
        limits=(note("dose_chosen"),),
        ran={"dose": asked.options.dose, "method": asked.options.method},
    )


ANALYSIS = Analysis(
    code="dose_outcome",
    title=_("Dose against outcome"),
    says=_("Whether people who received more ended or changed differently; who receives more is not chance."),
    needs=("outcome",),
    run=run,
    options=Choices,
    takes=("from", "to", "at"),
)
