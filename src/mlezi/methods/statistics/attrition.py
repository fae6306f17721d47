"""Who was followed, who was lost, and how far the lost could move the answer.

Reports the flow by time, the difference at baseline between those followed and those lost (standardised, without a
p-value), and the change if the lost had done as badly or as well as the scale allows (Manski 1990, Am Econ Rev
80:319). The middle way, a mixed model, is in `repeated`. Source: CONSORT 2010, items 13 and 16.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from mlezi.methods.statistics.estimate import Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.proportions import Kind, proportion
from mlezi.methods.statistics.two_means import standardised_difference
from mlezi.methods.statistics.values import BadValue, Value, with_gaps


@dataclass(frozen=True)
class Wave:
    """One time point: how many have a value, and which share of those at the start that is."""

    name: str
    n: int
    followed: Estimate


def flow(waves: Mapping[str, Iterable[Value]], *, level: float = 0.95, method: Kind = "wilson") -> tuple[Wave, ...]:
    """The flow of people through the waves, first wave = start. All lists hold the same people in the same order.

    `followed` counts people with a value at the start and at that wave; people who join later are in `n` only.
    """
    columns = {name: ~np.isnan(with_gaps(values)) for name, values in waves.items()}
    if len({column.size for column in columns.values()}) > 1:
        raise BadValue("the waves hold different numbers of people")
    if not columns:
        return ()
    start = next(iter(columns.values()))
    first = next(iter(columns))
    return tuple(
        Wave(
            name=name,
            n=int(column.sum()),
            followed=proportion(
                int((start & column).sum()),
                int(start.sum()),
                level=level,
                method=method,
                estimand=f"Share of those with “{first}” who also have “{name}”",
            ),
        )
        for name, column in columns.items()
    )


def lost_against_followed(
    baseline: Iterable[Value],
    later: Iterable[Value],
    *,
    level: float = 0.95,
    estimand: str = "Baseline of those followed less those lost, in standard deviations",
) -> Estimate:
    """How people who were followed differed at the start from those who were lost: Hedges g, positive = higher."""
    start, end = with_gaps(baseline), with_gaps(later)
    if start.size != end.size:
        raise BadValue(f"the two series differ in length: {start.size} and {end.size}")
    stayed = ~np.isnan(end)
    return standardised_difference(
        start[stayed], start[~stayed], level=level, names=("followed", "lost"), estimand=estimand
    )


def extreme_cases(
    before: Iterable[Value],
    after: Iterable[Value],
    *,
    lowest: float,
    highest: float,
    level: float = 0.95,
    estimand: str = "Mean change whatever the lost did",
) -> Estimate:
    """The mean change of all who started, if all lost had ended at the worst or the best end of the scale.

    The point is the change in available pairs; `low` and `high` are the two extremes, not a confidence interval:
    the data alone cannot narrow them. Raises BadValue for a value outside the scale.
    """
    check_level(level)
    method, variant = "Worst and best case", "lost set to the ends of the scale; not a confidence interval"
    start, end = with_gaps(before), with_gaps(after)
    if start.size != end.size:
        raise BadValue(f"the two series differ in length: {start.size} and {end.size}")
    for column in (start, end):
        if np.any((column < lowest) | (column > highest)):
            raise BadValue(f"a value lies outside the scale {lowest:g} to {highest:g}")
    began = ~np.isnan(start)
    both = began & ~np.isnan(end)
    if not both.any():
        return empty(
            nothing_used(int(began.sum())),
            estimand=estimand,
            method=method,
            variant=variant,
            n_eligible=int(began.sum()),
            level=level,
        )
    lost = began & ~both
    worst, best = (
        float(np.mean(np.where(lost, end_of_scale, end)[began] - start[began])) for end_of_scale in (lowest, highest)
    )
    n, people = int(both.sum()), int(began.sum())
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n,
        n_eligible=people,
        point=float(np.mean(end[both] - start[both])),
        low=worst,
        high=best,
        level=level,
        warnings=(note("unpaired_dropped", n=people - n),) if people > n else (),
        numbers={"worst": worst, "best": best, "lost": people - n},
    )
