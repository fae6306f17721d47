"""How the pairs of a workbook are chosen: the best for all, or by one policy that gives something up for its aim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from mlezi.methods.assignment import fairness, opening, rematch, stable
from mlezi.methods.assignment.arrays import Bools, Ints
from mlezi.methods.assignment.bounded import under_the_bound
from mlezi.methods.assignment.objective import Help, Objective
from mlezi.methods.assignment.problem import Problem
from mlezi.methods.assignment.result import Result

Run = Callable[..., Result]


@dataclass(frozen=True)
class Policy:
    """At most one of `method: stable`, `least_group`, `max_moves` and `help_budget` (a share) is set.

    `current`: the pairs (i[n], j[n]) that exist; `helped` (mentees,): who is helped first.
    """

    current: tuple[Ints, Ints]
    helped: Bools
    method: str = "best"
    seed: int = 0
    least_group: int = 0
    max_moves: int | None = None
    help_budget: float | None = None


@dataclass(frozen=True)
class Chosen:
    """`problem` is what was solved in the end, which `tuned` makes again from the sheets; `told`: what the policy gave
    up. `why_left`: of whom it left over."""

    problem: Problem
    result: Result
    told: tuple[str, ...] = field(default=())
    why_left: str = ""
    tuned: dict[str, int] = field(default_factory=dict)


def tune(problem: Problem, policy: Policy, tuned: Mapping[str, int]) -> Problem:
    """The problem of the sheets as the policy solved it in the end."""
    if "stay_points" in tuned:
        problem = rematch.stay(problem, *policy.current, points=tuned["stay_points"])
    if "help_percent" in tuned:
        group = Help(policy.helped, tuned["help_percent"])
        problem = replace(problem, objective=replace(problem.objective, help=group))
    return problem


def choose(problem: Problem, policy: Policy, run: Run) -> Chosen:
    """The pairs by that policy. Raises `ValueError` in words where a limit on moves cannot be kept."""
    if policy.method == "stable":
        return _stable(problem, policy.seed, run)
    if policy.least_group > 1:
        return _groups(problem, policy.least_group, run)
    if policy.max_moves is not None:
        return _few_moves(problem, policy)
    if policy.help_budget is not None:
        return _help(problem, policy, policy.help_budget, run)
    return Chosen(problem, run(problem))


def _stable(problem: Problem, seed: int, run: Run) -> Chosen:
    best, most = run(problem), run(replace(problem, objective=Objective(served_first=False)))
    pairs = stable.match(problem, seed=seed)
    price = max(0.0, stable.price_of_stability(pairs.quality, most.quality))
    told = (
        "These pairs hold: no mentee and mentor would rather have each other than whom they have.",
        f"Price of stability: {100 * price:.2g} % of the best total score. Ties went by lottery with seed {seed}.",
    )
    why = "The mentors who could be asked would rather have those whom they got."
    return Chosen(problem, under_the_bound(best, problem, pairs.i, pairs.j, pairs.score), told, why)


def _groups(problem: Problem, least: int, run: Run) -> Chosen:
    plan = opening.with_least(problem, np.full(problem.n_mentors, least))
    result = under_the_bound(run(problem), problem, plan.i, plan.j, plan.score)
    gap = "no better groups exist" if plan.gap == 0 else f"better groups could exist, by {100 * plan.gap:.2g} % at most"
    told = (f"{len(plan.opened)} groups open, each with {least} mentees or more; {gap}.",)
    return Chosen(problem, result, told, "Too few people came together for a group that would fit.")


def _few_moves(problem: Problem, policy: Policy) -> Chosen:
    i, j = policy.current
    assert policy.max_moves is not None
    limited = rematch.within_moves(problem, i, j, most=policy.max_moves)
    told = (
        f"{limited.moved} present pairs change by choice, of {policy.max_moves} allowed; {limited.forced} have to end. "
        f"Within this limit a better answer could exist, by {100 * limited.gap:.2g} % at most.",
    )
    tuned = {"stay_points": limited.bonus}
    return Chosen(tune(problem, policy, tuned), limited.result, told, tuned=tuned)


def _help(problem: Problem, policy: Policy, budget: float, run: Run) -> Chosen:
    group = policy.helped
    steps = fairness.help_within(problem, group, budget=budget, run=run)
    first, step = steps[0], fairness.best(steps, budget)
    told = (
        f"The {int(group.sum())} mentees helped first have {step.mean_group:.3f} points each, after "
        f"{first.mean_group:.3f}; the others {step.mean_others:.3f}, after {first.mean_others:.3f}.",
        f"This gives up {100 * max(0.0, step.lost):.2g} % of the total score; {100 * budget:g} % were allowed.",
    )
    tuned = {"help_percent": step.percent}
    return Chosen(tune(problem, policy, tuned), step.result, told, tuned=tuned)
