"""Help for the group that is worse off, as much as a budget allows: at most so much of the total quality is lost.

The group's scores count more and more until the loss reaches the budget. Each step is an exact assignment, so the
points found are all efficient: nobody in the group could be helped more at that price by this means. Limits on the
difference between groups are not offered: they are met most cheaply by making the others worse off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .arrays import Bools
from .objective import Help
from .problem import Problem
from .result import Result
from .solve import solve


@dataclass(frozen=True)
class Step:
    """One weight tried: `percent` for the group, and the share of total quality lost.

    `mean_group`, `mean_others`: score for each person of either side, 0 for those without a mentor; `served_group`,
    `served_others`: the shares of both sides who have one.
    """

    percent: int
    lost: float
    mean_group: float
    mean_others: float
    served_group: float
    served_others: float
    result: Result


def help_within(
    problem: Problem, group: Bools, *, budget: float, most: int = 2000, run: Callable[..., Result] = solve
) -> tuple[Step, ...]:
    """The steps tried, ordered by weight; the last one that keeps the budget is `best(steps, budget)`.

    `group` (mentees,); `budget` 0.01 = one per cent of total quality; `most` per cent is the largest weight.
    """
    base = run(replace(problem, objective=replace(problem.objective, help=Help(group, 100))))
    steps = {100: step(100, base, base, group)}
    low, high = 100, most
    steps[high] = try_weight(problem, group, high, base, run)
    if steps[high].lost > budget:
        while high - low > 1:
            middle = (low + high) // 2
            steps[middle] = try_weight(problem, group, middle, base, run)
            if steps[middle].lost <= budget:
                low = middle
            else:
                high = middle
    return tuple(steps[percent] for percent in sorted(steps))


def best(steps: tuple[Step, ...], budget: float) -> Step:
    """The step that helps the group most within the budget."""
    return [step for step in steps if step.lost <= budget][-1]


def try_weight(problem: Problem, group: Bools, percent: int, base: Result, run: Callable[..., Result]) -> Step:
    weighted = replace(problem, objective=replace(problem.objective, help=Help(group, percent)))
    return step(percent, run(weighted, earlier=base), base, group)


def step(percent: int, result: Result, base: Result, group: Bools) -> Step:
    lost = 1 - result.quality / base.quality if base.quality else 0.0
    sides = (group, ~group)
    score = [float(result.score[side[result.i]].sum() / 1e6) for side in sides]
    served = [len(np.unique(result.i[side[result.i]])) for side in sides]
    people = [max(1, int(side.sum())) for side in sides]
    return Step(
        percent, lost, score[0] / people[0], score[1] / people[1], served[0] / people[0], served[1] / people[1], result
    )
