"""Topics ranked by how much people need them, and domains of topics: two intervals, and why they differ.

Over topics: a t-interval of the domain's topic scores, which treats the topics as drawn from many; it says how even
the domain is. Over respondents: from each person's own mean, which says how exactly this question was answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from django.utils.translation import gettext_noop as _
from pydantic import Field

from mlezi.methods.statistics.estimate import Estimate
from mlezi.methods.statistics.means import mean
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.rankings import ranked
from mlezi.plumbing.declared import Words
from mlezi.studies.analysis import Analysis, Asked, Options
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Grid, Label, Picture, joined, of, word
from mlezi.studies.measures import frame


class Choices(Options):
    domains: dict[str, list[str]] = Field(default={}, description="Domain → its topics (codes of measures).")
    domain_titles: dict[str, Words] = Field(default={}, description="Domain → what people call it.")
    top: float = 3  # a rating of this or more is a high need
    score: Literal["mean", "percent_of_top"] = (
        "mean"  # percent_of_top: the mean rating as a share of the highest, x 100
    )
    resamples: int = Field(default=1000, ge=100, le=20000)
    minimum: int = Field(default=10, ge=1)


def run(data: Data, asked: Asked) -> Found:
    measures = {one.code: one for one in asked.outcomes}
    rows = frame(data, {code: (one, asked.at) for code, one in measures.items()}, asked.comparison)
    refused = {code: one.refusal(measures[code]) for code, one in rows.trouble.items()}
    bad = next((one for one in refused.values() if one), None)
    columns = {code: values for code, values in rows.columns.items() if refused[code] is None}
    sides = asked.in_order(sorted({one for one in rows.side if one})) if asked.comparison else []
    figures = _domains(asked, columns, np.ones(len(rows), bool), "all")
    for side in sides:
        figures += _domains(asked, columns, rows.side == side, side)
    topics = _topics(asked, columns, np.ones(len(rows), bool), "all")
    figures += [one for one in topics if one.family == "topic"] + [one for one in topics if one.family == "high"]
    nowhere = sum(1 for one in rows.side if not one) if asked.comparison else 0
    answered = [code for code in columns if np.any(~np.isnan(columns[code]))]
    anybody = ~np.all(np.isnan(np.array([columns[code] for code in answered])), axis=0) if answered else np.zeros(0)
    keys = [one.key for one in figures if one.key.startswith("all.topic.") and one.key.endswith(".score")]
    return Found(
        figures=tuple(figures),
        steps=(("eligible", len(rows)), ("rated_any", int(anybody.sum())), ("topics", len(answered))),
        pictures=(
            Picture("intervals", word("domains"), {"unit": "points", "of": _drawn(figures)}),
            Picture("intervals", word("topics_ranked"), {"unit": "points", "of": keys}),
        ),
        grids=(_by_group(asked, columns, rows.side, sides, topics),) if sides else (),
        limits=((bad,) if bad else ())
        + ((note("no_group", n=nowhere),) if nowhere else ())
        + ((note("two_intervals"),) if asked.options.domains else ()),
        ran={
            "top": asked.options.top,
            "score": asked.options.score,
            "resamples": asked.options.resamples,
            "seed": asked.seed,
        },
    )


def _drawn(figures: list[Figure]) -> list[str]:
    """Domains, as people scored them: of everybody, or side by side where groups are compared; most needed first."""
    shown = [one.key for one in figures if one.key.endswith(".respondents")]
    order = [_domain(key) for key in shown if key.startswith("all.")]
    groups = [key for key in shown if not key.startswith("all.")]
    return sorted(groups, key=lambda key: order.index(_domain(key))) or shown


def _domain(key: str) -> str:
    return key.split(".domain.")[1].removesuffix(".respondents")


def _by_group(asked: Asked, columns: dict[str, Any], side: Any, sides: list[str], topics: list[Figure]) -> Grid:
    """Each topic's score in each group, most needed by all first. Groups with few answers are hidden."""
    order = [one.key.split(".")[3] for one in topics if one.family == "topic"]

    def cells(code: str) -> tuple[float | None, ...]:
        known = [(values := _scored(asked, code, columns[code][side == one]))[~np.isnan(values)] for one in sides]
        hidden = _hidden([one.size for one in known], asked.plan.minimum_group)
        return tuple(None if at in hidden or not one.size else float(one.mean()) for at, one in enumerate(known))

    return Grid(
        "topics_by_group",
        word("topics_by_group"),
        tuple(asked.group(one) for one in sides),
        tuple((of("outcome", code), cells(code)) for code in order),
        counts=False,
    )


def _hidden(sizes: list[int], threshold: int) -> set[int]:
    """Places of groups that are too small; a single one takes the next smallest along, or subtraction would tell."""
    small = {at for at, n in enumerate(sizes) if 0 < n < threshold}
    others = sorted((n, at) for at, n in enumerate(sizes) if n >= threshold)
    return small | {others[0][1]} if len(small) == 1 and others else small


def _scored(asked: Asked, code: str, values: Any) -> Any:
    highest = asked.plan.measures[code].highest
    return values * (100 / highest) if asked.options.score == "percent_of_top" and highest else values


def _topics(asked: Asked, columns: dict[str, Any], kept: Any, side: str) -> list[Figure]:
    usable = {code: values[kept] for code, values in columns.items()}
    found = ranked(
        usable,
        top=asked.options.top,
        seed=asked.seed,
        minimum=asked.options.minimum,
        resamples=asked.options.resamples,
        level=asked.level,
    )
    figures = []
    for place, one in enumerate(found, start=1):
        measure = asked.plan.measures[one.name]
        score = one.mean
        if asked.options.score == "percent_of_top" and measure.highest:
            score = score.mapped(_percent_of(measure.highest))
        numbers = {
            **score.numbers,
            **(
                {"rank": one.rank, "rank_low": one.rank_low, "rank_high": one.rank_high}
                if one.rank is not None and one.rank_low and one.rank_high
                else {}
            ),
        }
        label = of("outcome", one.name)
        key = f"{side}.topic.{place:03d}.{one.name}"
        figures.append(Figure(f"{key}.score", label, _with(score, numbers), "points", family="topic"))
        figures.append(Figure(f"{key}.high", joined(label, word("high_need")), one.high, "share", family="high"))
    return figures


def _percent_of(highest: float) -> Callable[[float], float]:
    return lambda value: 100 * value / highest


def _with(estimate: Estimate, numbers: dict[str, Any]) -> Estimate:
    return replace(estimate, numbers={name: float(value) for name, value in numbers.items()})


def _domains(asked: Asked, columns: dict[str, Any], kept: Any, side: str) -> list[Figure]:
    figures = []
    where: Label = () if side == "all" else asked.group(side)
    scored: list[tuple[str, Estimate, Estimate]] = []
    for domain, topics in asked.options.domains.items():
        values = np.array([_scored(asked, code, columns[code][kept]) for code in topics if code in columns])
        known = [row[~np.isnan(row)] for row in values]
        topic_means = [float(row.mean()) if row.size else None for row in known]
        people = ~np.all(np.isnan(values), axis=0) if values.size else np.zeros(0, bool)
        own = [float(one) for one in np.nanmean(values[:, people], axis=0)] if people.any() else []
        gaps: list[float | None] = [*own, *([None] * (int(kept.sum()) - len(own)))]
        over_topics = mean(topic_means, level=asked.level, estimand=f"Mean of the topic scores of “{domain}”")
        over_people = mean(gaps, level=asked.level, estimand=f"Mean of people's own scores in “{domain}”")
        scored.append((domain, over_topics, over_people))
    for domain, over_topics, over_people in sorted(scored, key=lambda one: (-(one[1].point or 0), one[0])):
        label = joined(of("domain", domain), where)
        figures.append(
            Figure(
                f"{side}.domain.{domain}.topics",
                joined(label, word("over_topics")),
                over_topics,
                "points",
                family="site_domain",
                headline=side == "all",
            )
        )
        figures.append(
            Figure(
                f"{side}.domain.{domain}.respondents",
                joined(label, word("over_respondents")),
                over_people,
                "points",
                family=f"domain.{domain}",
            )
        )
    return figures


ANALYSIS = Analysis(
    code="ranked_needs",
    title=_("Needs, ranked"),
    says=_("Which topics people ask for most, how sure the ranks are, and how domains compare."),
    needs=("outcomes",),
    run=run,
    options=Choices,
)
