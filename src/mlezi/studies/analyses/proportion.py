"""The share who said or reached something, in all and in each group."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics.proportions import proportion
from mlezi.studies.analysis import Analysis, Asked, Options, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Picture, joined, of, word
from mlezi.studies.tallies import Tally, tallies


class Choices(Options):
    interval: Literal["wilson", "exact"] = "wilson"


def run(data: Data, asked: Asked) -> Found:
    measure = asked.outcome
    found = tallies(data, measure, asked.at, asked.comparison)
    parts, people = found.parts, found.whole.people if found.whole else 0
    figures = [_figure(asked, "all", found.whole)]
    figures += [_figure(asked, side, parts[side]) for side in asked.in_order(parts)]
    return Found(
        figures=tuple(figures),
        steps=(("eligible", people), ("answered", figures[0].estimate.n_used)),
        pictures=(Picture("intervals", of("outcome", measure.code), {"unit": "share", "of": _shown(figures)}),),
        ran={"interval": asked.options.interval, "groups": len(parts)},
    )


def _shown(figures: list[Figure]) -> list[str]:
    return [one.key for one in figures]


def _figure(asked: Asked, side: str, counts: Tally | None) -> Figure:
    measure, estimand = asked.outcome, f"Share with “{asked.outcome.code}” among those who answered"
    label = joined(of("outcome", measure.code), word("everybody") if side == "all" else asked.group(side))
    if counts is None:
        estimate = proportion(0, 0, level=asked.level, estimand=estimand)
    elif refusal := counts.trouble.refusal(measure):
        estimate = nothing(refusal, estimand=estimand, method="Share", eligible=counts.people, level=asked.level)
    else:
        yes = int(counts.times[counts.values == 1].sum())
        answered = int(counts.times[(counts.values == 0) | (counts.values == 1)].sum())
        estimate = proportion(
            yes, answered, asked=counts.people, level=asked.level, method=asked.options.interval, estimand=estimand
        ).with_notes(*counts.trouble.notes(measure))
    return Figure(side, label, estimate, "share", family="share", headline=side == "all")


ANALYSIS = Analysis(
    code="proportion",
    title=_("Share with an interval"),
    says=_("What share of people said or reached something, and how exactly we know it; not why."),
    needs=("outcome",),
    run=run,
    options=Choices,
)
