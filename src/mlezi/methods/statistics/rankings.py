"""Ranks topics by mean rating, for example training needs rated 1 (low) to 3 (high), with honest ranks.

Ties share a rank and the next rank is skipped ("1224"); among equals the order is by name, so a table never
reshuffles. The interval of a rank comes from resampling respondents (Efron and Tibshirani 1993, An Introduction to
the Bootstrap, chapter 13): it shows how loosely most ranks are known (Goldstein and Spiegelhalter 1996, J R Stat
Soc A 159:385).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level
from mlezi.methods.statistics.means import mean
from mlezi.methods.statistics.proportions import proportion
from mlezi.methods.statistics.values import Numbers, Value, present, table

SAME = 1e-9  # Means that differ by rounding only are tied.
CHUNK = 2_000_000  # Random numbers held at one time.


@dataclass(frozen=True)
class Ranked:
    """One topic: its rank among those with enough answers (None: too few), the rank's interval, mean, top share."""

    name: str
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    mean: Estimate
    high: Estimate


def ranked(
    ratings: Mapping[str, Iterable[Value]],
    *,
    top: float,
    seed: int,
    minimum: int = FEW,
    resamples: int = 2000,
    level: float = 0.95,
) -> tuple[Ranked, ...]:
    """The topics, highest mean first, those with fewer than `minimum` answers last and without a rank.

    `ratings` holds one list per topic, all in the same order of respondents, with gaps. `top` is the rating that
    counts as a high need (it or more). Raises BadValue when the lists differ in length.
    """
    check_level(level)
    names = sorted(ratings)
    by_topic = table([ratings[name] for name in names], what="rating")
    enough = [place for place, row in enumerate(by_topic) if np.count_nonzero(~np.isnan(row)) >= max(minimum, 1)]
    ranks = dict(zip(enough, ranks_1224([_mean(by_topic[place]) for place in enough]), strict=True))
    spans = _rank_spans(by_topic[enough], seed=seed, resamples=resamples, level=level) if enough else []
    span_of = dict(zip(enough, spans, strict=True))
    lines = [
        Ranked(
            name=name,
            rank=ranks.get(place),
            rank_low=span_of[place][0] if place in span_of else None,
            rank_high=span_of[place][1] if place in span_of else None,
            mean=mean(by_topic[place], level=level, estimand=f"Mean rating of “{name}”"),
            high=_top_share(by_topic[place], top=top, level=level, name=name),
        )
        for place, name in enumerate(names)
    ]
    return tuple(sorted(lines, key=lambda line: (line.rank is None, line.rank or 0, line.name)))


def ranks_1224(scores: Iterable[float]) -> list[int]:
    """Rank of each score, highest first: one more than the number of scores that are clearly higher."""
    found = np.array(list(scores), dtype=np.float64)
    return [int(higher) + 1 for higher in (found[None, :] > found[:, None] + SAME).sum(axis=1)]


def _mean(row: Numbers) -> float:
    return float(np.nanmean(row))


def _top_share(row: Numbers, *, top: float, level: float, name: str) -> Estimate:
    answers, asked = present(row)
    return proportion(
        int(np.sum(answers >= top)),
        int(answers.size),
        asked=asked,
        level=level,
        estimand=f"Share who rated “{name}” {top:g} or more",
    )


def _rank_spans(by_topic: Numbers, *, seed: int, resamples: int, level: float) -> list[tuple[int, int]]:
    """Percentile interval of each rank when respondents are drawn again with replacement."""
    people = by_topic.shape[1]
    dice = np.random.default_rng(seed)
    answered = ~np.isnan(by_topic)
    filled = np.where(answered, by_topic, 0.0)
    found: list[Numbers] = []
    left = resamples
    while left > 0:
        now = min(left, max(1, CHUNK // people))
        weights = dice.multinomial(people, np.full(people, 1 / people), size=now)
        counts = weights @ answered.T
        sums = weights @ filled.T
        means = np.divide(sums, counts, out=np.full(sums.shape, -np.inf), where=counts > 0)
        found.append(np.array([ranks_1224(row) for row in means], dtype=np.float64))
        left -= now
    tail = (1 - level) / 2
    every = np.vstack(found)
    # Ranks are whole numbers: the percentile is a rank that occurred, not one between two.
    low, high = np.quantile(every, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return [(int(one), int(other)) for one, other in zip(low, high, strict=True)]
