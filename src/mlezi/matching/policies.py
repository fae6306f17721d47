"""How a round's pairs are chosen: the best for all together, or by a policy that gives something up for its aim.

Every policy gives an ordinary answer with a certificate that anybody can check. Where it gives something up, the
gap of the certificate says how much at most; and what was found on the way is told in words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from django.utils.translation import gettext

from mlezi.matching.assembling import Assembled
from mlezi.matching.queries import waiting
from mlezi.matching.settings import Settings
from mlezi.methods.assignment import fairness, opening, rematch, stable
from mlezi.methods.assignment.arrays import Bools, Ints
from mlezi.methods.assignment.bounded import under_the_bound
from mlezi.methods.assignment.objective import Help, Objective
from mlezi.methods.assignment.problem import Problem
from mlezi.methods.assignment.result import Result

FAR_MINUTES = 60
FEWEST = 5
"""Means of fewer people than this are not told."""
Run = Callable[..., Result]


@dataclass(frozen=True)
class Answer:
    """`problem` is what was solved in the end; `tuned` makes it again from the settings; `told` goes on pages."""

    problem: Problem
    result: Result
    told: dict[str, Any] = field(default_factory=dict)
    tuned: dict[str, int] = field(default_factory=dict)


def choose(found: Assembled, settings: Settings, *, seed: int, run: Run) -> Answer:
    """The pairs by the policy that the settings name. Raises `ValueError` in words when it cannot be had."""
    if settings.method == "stable":
        return by_themselves(found.problem, seed, run)
    if settings.least_group > 1:
        return in_groups(found.problem, settings.least_group, run)
    if settings.max_moves is not None and found.current:
        return with_few_moves(found, settings.max_moves)
    if settings.help_whom:
        return with_help(found, worse_off(found, settings.help_whom), settings.help_budget / 100, run)
    return Answer(found.problem, run(found.problem))


def tune(found: Assembled, settings: Settings, tuned: dict[str, int]) -> Assembled:
    """The problem as a policy solved it in the end."""
    problem = found.problem
    if "stay_points" in tuned:
        problem = rematch.stay(problem, *_present(found), points=tuned["stay_points"])
    if "help_percent" in tuned:
        problem = _helping(problem, worse_off(found, settings.help_whom), tuned["help_percent"])
    return replace(found, problem=problem)


def by_themselves(problem: Problem, seed: int, run: Run) -> Answer:
    """Pairs that hold: no two would rather have each other. The price is the total score given up for it."""
    if problem.asked_cap is not None:
        raise ValueError(gettext("Pairs that hold by themselves cannot keep a limit on what mentees asked for."))
    best, most = run(problem), run(replace(problem, objective=Objective(served_first=False)))
    pairs = stable.match(problem, seed=seed)
    price = stable.price_of_stability(pairs.quality, most.quality)
    result = under_the_bound(best, problem, pairs.i, pairs.j, pairs.score)
    return Answer(problem, result, {"stability_price": round(max(0.0, price), 6)})


def in_groups(problem: Problem, least: int, run: Run) -> Answer:
    """Every mentor has nobody or at least `least` mentees."""
    if problem.asked_cap is not None:
        raise ValueError(gettext("Groups of a least size cannot keep a limit on what mentees asked for."))
    plan = opening.with_least(problem, np.full(problem.n_mentors, least))
    result = under_the_bound(run(problem), problem, plan.i, plan.j, plan.score)
    return Answer(problem, result, {"groups": {"opened": len(plan.opened), "gap": plan.gap}})


def with_few_moves(found: Assembled, most: int) -> Answer:
    """At most `most` of the present pairs change, beside those that may not go on."""
    i, j = _present(found)
    try:
        limited = rematch.within_moves(found.problem, i, j, most=most)
    except ValueError:
        raise ValueError(
            gettext("More present pairs have to end than {n}: rules or places have changed.").format(n=most)
        ) from None
    problem = rematch.stay(found.problem, i, j, points=limited.bonus)
    told = {"moves": {"most": most, "moved": limited.moved, "forced": limited.forced, "gap": limited.gap}}
    return Answer(problem, limited.result, told, {"stay_points": limited.bonus})


def with_help(found: Assembled, group: Bools, budget: float, run: Run) -> Answer:
    """The group counts more, as far as all together lose no more than `budget` (a share) of the quality."""
    steps = fairness.help_within(found.problem, group, budget=budget, run=run)
    first, step = steps[0], fairness.best(steps, budget)
    told: dict[str, Any] = {"n": int(group.sum()), "percent": step.percent, "lost": round(max(0.0, step.lost), 6)}
    if min(group.sum(), (~group).sum()) >= FEWEST:
        told |= {"group": [round(one.mean_group, 6) for one in (first, step)],
                 "others": [round(one.mean_others, 6) for one in (first, step)]}  # fmt: skip
    return Answer(
        _helping(found.problem, group, step.percent), step.result, {"helped": told}, {"help_percent": step.percent}
    )


def worse_off(found: Assembled, whom: str) -> Bools:
    """Who is meant: mentees far from every mentor with a place, or those whom an earlier round left out."""
    ids = found.sides.mentees.ids
    if whom == "left_out":
        missed = waiting.left_out(ids, found.sides.round.programme)
        return np.array([missed[pk] > 0 for pk in ids], dtype=np.bool_)
    sites = found.ways.mentors[(found.places > 0) & (found.ways.mentors >= 0)]
    nearest = found.ways.minutes[:, sites].min(axis=1, initial=np.inf)
    far: Bools = nearest[np.maximum(found.ways.mentees, 0)] > FAR_MINUTES
    return far & (found.ways.mentees >= 0)


def _helping(problem: Problem, group: Bools, percent: int) -> Problem:
    return replace(problem, objective=replace(problem.objective, help=Help(group, percent)))


def _present(found: Assembled) -> tuple[Ints, Ints]:
    i, j = np.array(sorted(found.current), dtype=np.int64).reshape(-1, 2).T
    return np.ascontiguousarray(i), np.ascontiguousarray(j)
