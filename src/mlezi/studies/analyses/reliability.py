"""Whether the items of a scale go together: alpha and omega with intervals, and each item's part."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from pydantic import Field

from mlezi.methods.statistics.alpha import alpha, items_dropped
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.omega import omega
from mlezi.studies.analysis import Analysis, Asked, Options, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Grid, of, word
from mlezi.studies.measures import frame


class Choices(Options):
    reversed: list[str] = Field(default=[], description="Items scored the other way round (they need lowest, highest).")
    resamples: int = Field(default=1000, ge=0, le=20000)


def run(data: Data, asked: Asked) -> Found:
    measures = {one.code: one for one in asked.outcomes}
    rows = frame(data, {code: (one, asked.at) for code, one in measures.items()})
    items = {}
    for code, values in rows.columns.items():
        one = measures[code]
        ends = one.lowest, one.highest
        turned = code in asked.options.reversed and ends[0] is not None and ends[1] is not None
        items[code] = sum(end for end in ends if end is not None) - values if turned else values
    refusal = next((r for code, one in rows.trouble.items() if (r := one.refusal(measures[code]))), None)
    if refusal:
        empty = nothing(
            refusal, estimand="Internal consistency", method="Cronbach's alpha", eligible=len(rows), level=asked.level
        )
        return Found(
            figures=(Figure("alpha", word("alpha"), empty, "coefficient", headline=True),),
            steps=(("eligible", len(rows)),),
        )
    first = alpha(items, level=asked.level)
    second = omega(items, seed=asked.seed, resamples=asked.options.resamples, level=asked.level)
    parts = items_dropped(items) if not first.is_empty else ()
    against = tuple(note("negative_item", item=one.name) for one in parts if one.rest_r is not None and one.rest_r < 0)
    return Found(
        figures=(
            Figure("alpha", word("alpha"), first, "coefficient", headline=True),
            Figure("omega", word("omega"), second, "coefficient", headline=True),
        ),
        steps=(("eligible", len(rows)), ("all_items", first.n_used)),
        grids=(
            Grid(
                "items",
                word("items"),
                (word("rest_r"), word("alpha_without")),
                tuple((of("outcome", one.name), (one.rest_r, one.alpha_without)) for one in parts),
                counts=False,
            ),
        ),
        limits=against,
        ran={"resamples": asked.options.resamples, "reversed": list(asked.options.reversed), "seed": asked.seed},
    )


ANALYSIS = Analysis(
    code="reliability",
    title=_("Reliability of a scale"),
    says=_("Whether the items measure one thing well enough to be added up."),
    needs=("outcomes",),
    run=run,
    options=Choices,
    takes=("at",),
)
