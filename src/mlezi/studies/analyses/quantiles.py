"""Chosen quantiles of a measure, each with an interval that assumes nothing of its shape."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from pydantic import Field

from mlezi.methods.statistics.quantiles import quantile
from mlezi.studies.analysis import Analysis, Asked, Options, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, joined, of, word
from mlezi.studies.tallies import tallies


class Choices(Options):
    at_shares: list[float] = Field(default=[0.1, 0.25, 0.5, 0.75, 0.9], min_length=1, max_length=20)


def run(data: Data, asked: Asked) -> Found:
    counted = tallies(data, asked.outcome, asked.at, asked.comparison)
    parts = counted.parts if asked.comparison else {"": counted.whole} if counted.whole else {}
    figures = []
    for side in asked.in_order(parts):
        counts = parts[side]
        where = asked.group(side) if asked.comparison else word("everybody")
        for share in asked.options.at_shares:
            estimand = f"Value of “{asked.outcome.code}” below which {100 * share:g} % lie"
            refusal = counts.trouble.refusal(asked.outcome)
            found = (
                nothing(refusal, estimand=estimand, method="Quantile", eligible=counts.people, level=asked.level)
                if refusal
                else quantile(counts.with_gaps, share, level=asked.level, estimand=estimand)
            )
            label = joined(of("outcome", asked.outcome.code), where, of("share", f"{share:g}"))
            figures.append(Figure(f"{side or 'all'}.{share:g}", label, found, "points", family=f"q{share:g}"))
    people = sum(one.people for one in parts.values())
    return Found(
        figures=tuple(figures),
        steps=(("eligible", people), ("answered", sum(int(one.times.sum()) for one in parts.values()))),
        ran={"quantiles": "type 7", "at_shares": list(asked.options.at_shares)},
    )


ANALYSIS = Analysis(
    code="quantiles",
    title=_("Quantiles"),
    says=_("Below which value a tenth, a quarter, half of people lie."),
    needs=("outcome",),
    run=run,
    options=Choices,
)
