"""The mean and the median of a measure, in all, in each group, at each time asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics.estimate import Estimate
from mlezi.methods.statistics.means import mean
from mlezi.methods.statistics.quantiles import median
from mlezi.studies.analysis import Analysis, Asked, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Picture, joined, of, word
from mlezi.studies.measures import Numbers
from mlezi.studies.tallies import Tally, tallies


def run(data: Data, asked: Asked) -> Found:
    found = tallies(data, asked.outcome, asked.at, asked.comparison)
    whole, parts = found.whole, found.parts
    figures = _figures(asked, "all", whole)
    for side in asked.in_order(parts):
        figures += _figures(asked, side, parts[side])
    shown = [one.key for one in figures if one.key.endswith(".mean")]
    return Found(
        figures=tuple(figures),
        steps=(("eligible", whole.people if whole else 0), ("answered", figures[0].estimate.n_used)),
        pictures=(Picture("intervals", of("outcome", asked.outcome.code), {"unit": "number", "of": shown}),),
        ran={"quantiles": "type 7"},
    )


def _figures(asked: Asked, side: str, counts: Tally | None) -> list[Figure]:
    where = word("everybody") if side == "all" else asked.group(side)
    about = joined(of("outcome", asked.outcome.code), where)
    made = {"mean": _estimate(asked, counts, "mean"), "median": _estimate(asked, counts, "median")}
    return [
        Figure(
            f"{side}.{name}",
            joined(about, word(name)),
            estimate,
            "points",
            family=name,
            headline=side == "all" and name == "mean",
        )
        for name, estimate in made.items()
    ]


def _estimate(asked: Asked, counts: Tally | None, kind: str) -> Estimate:
    measure, estimand = asked.outcome, f"{kind.capitalize()} of “{asked.outcome.code}”"
    values: Sequence[float] | Numbers = counts.with_gaps if counts else []
    refusal = counts.trouble.refusal(measure) if counts else None
    if refusal:
        n = counts.people if counts else 0
        return nothing(refusal, estimand=estimand, method=kind.capitalize(), eligible=n, level=asked.level)
    if kind == "median":
        return median(values, level=asked.level, estimand=estimand)
    found = mean(values, level=asked.level, lowest=measure.lowest, highest=measure.highest, estimand=estimand)
    return found.with_notes(*(counts.trouble.notes(measure) if counts else ()))


ANALYSIS = Analysis(
    code="mean",
    title=_("Mean and median"),
    says=_("How high a measure is on average and typically, with its spread; not whether it changed."),
    needs=("outcome",),
    run=run,
)
