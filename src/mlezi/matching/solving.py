"""Works a scenario out: solve, check the proof, and put every number and sentence ready to be kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mlezi.matching import keeping, policies
from mlezi.matching.assembling import Assembled, assemble
from mlezi.matching.assembling.whole import IN_CONFIDENCE
from mlezi.matching.models import LeftOver, Load, Proposal, Round, Scenario
from mlezi.matching.queries import identity, waiting
from mlezi.matching.settings import Settings, from_json
from mlezi.methods.assignment.explanation import Explanations
from mlezi.methods.assignment.place_values import PlaceValues, place_values
from mlezi.methods.assignment.problem import Problem
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.result import Result
from mlezi.methods.assignment.solve import Progress, solve
from mlezi.methods.assignment.verify import Verdict, verify
from mlezi.plumbing import clock

EXPLAIN_AT_MOST = 50_000_000
"""Above so many possible pairs the comparison with another mentor is left out; it reads a row for each pair."""
POLICY_REASONS = {
    "stable": "The mentors who could be asked would rather have those whom they got.",
    "groups": "Too few people came together for a group that would fit.",
}
UNSAID = frozenset({"unmatched.conflict"})
"""Reasons that would tell what somebody said in confidence."""


@dataclass
class Outcome:
    """What a run gives; rows are not saved yet."""

    assembled: Assembled
    result: Result
    verdict: Verdict
    proposals: list[Proposal]
    left_over: list[LeftOver]
    loads: list[Load]
    summary: dict[str, Any]


def assembled_for(scenario: Scenario) -> Assembled:
    """The scenario's problem today; identity plays a part only under a policy signed to use it where asked."""
    settings = from_json(scenario.settings)
    choices = list(scenario.choices.order_by("id")) if scenario.pk else []
    found = assemble(scenario.round, settings, choices)
    if settings.use_identity:
        sides = found.sides
        asked = identity.asked(sides.mentees.persons, sides.mentors.persons, scenario.round.programme)
        found = assemble(scenario.round, settings, choices, asked=asked) if asked else found
    return policies.tune(found, settings, scenario.summary.get("tuned", {}))


def tried(round_: Round, chosen: Settings) -> Scenario:
    """What these settings would give, worked out now, without explanations; nothing is kept."""
    scenario = Scenario(round=round_, settings=chosen.as_json(), finished_at=clock.now())
    scenario.summary = work_out(scenario, explains=False).summary
    return scenario


def work_out(
    scenario: Scenario,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    is_stopped: Callable[[], bool] = lambda: False,
    explains: bool = True,
) -> Outcome:
    """Solve, verify, explain. Deterministic: the same rows and settings give the same bytes.

    Without `explains` it is not said why somebody is left over, nor why not another mentor.
    """
    found = assembled_for(scenario)
    settings: Settings = from_json(scenario.settings)
    earlier = _earlier(scenario, found)

    def run(problem: Problem, earlier: Result | None = earlier) -> Result:
        return solve(
            problem, earlier=earlier, tolerance=settings.tolerance, seed=scenario.seed, progress=progress,
            is_cancelled=is_stopped,
        )  # fmt: skip

    answer = policies.choose(found, settings, seed=scenario.seed, run=run)
    found, result = replace(found, problem=answer.problem), answer.result
    verdict = verify(result, found.problem)
    pairs = [(int(i), int(j)) for i, j in zip(result.i, result.j, strict=True)]
    explain = Explanations(found.problem, result)
    values = place_values(found.problem, result) if result.certificate.is_optimal else None
    # Why not another mentor follows from the prices of the best answer; of other answers it would not be true.
    compares = explains and settings.method == "best" and settings.least_group <= 1
    proposals = _proposals(scenario, found, explain if compares else None, pairs)
    left_over = _left_over(scenario, found, explain, result, settings) if explains else []
    loads = _loads(scenario, found, pairs, values)
    summary = {**_told(scenario, found, proposals, loads), **_proved(found, result, verdict)}
    summary |= {**answer.told, "tuned": answer.tuned}
    summary["common_mean"] = _by_the_rounds_weights(scenario, settings, found, pairs)
    return Outcome(found, result, verdict, proposals, left_over, loads, summary)


def _earlier(scenario: Scenario, found: Assembled) -> Result | None:
    parent = scenario.parent
    if parent is None or not parent.result:
        return None
    result = Result.from_bytes(bytes(parent.result))
    return result if keeping.fits(result, found.problem) else None


def _proposals(
    scenario: Scenario, found: Assembled, explain: Explanations | None, pairs: list[tuple[int, int]]
) -> list[Proposal]:
    problem = found.problem
    hides = any(criterion.code in IN_CONFIDENCE for criterion in problem.criteria)
    compares = not hides and problem.n_mentees * problem.n_mentors <= EXPLAIN_AT_MOST
    rows, made = [], set(pairs)
    for i, j in sorted({*made, *found.together}):
        reasons = [
            criterion.explain(i, j, points)
            for criterion, points in zip(problem.criteria, problem.points, strict=True)
            if criterion.code not in IN_CONFIDENCE
        ]
        reasons.sort(key=lambda reason: -reason.points)
        instead = explain.instead(i, j) if explain and compares and (i, j) in made else None
        rows.append(
            Proposal(
                scenario=scenario,
                mentee_id=found.mentee(i),
                mentor_id=found.mentor(j),
                score=round(found.shown(i, j), 4),
                reasons=[as_json(reason) for reason in (*reasons, *([instead] if instead else []))],
                minutes=found.ways.between(i, j),
                is_chosen=(i, j) in found.together,
                is_kept=(i, j) in found.current,
            )
        )
    return rows


def as_json(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "text": reason.text,
        "points": reason.points,
        "of": reason.of,
        "facts": {key: value if isinstance(value, int | float) else str(value) for key, value in reason.facts.items()},
    }


def _left_over(
    scenario: Scenario, found: Assembled, explain: Explanations, result: Result, settings: Settings
) -> list[LeftOver]:
    why = POLICY_REASONS.get("groups" if settings.least_group > 1 else settings.method)

    def reasons(i: int) -> list[Reason]:
        """Where a policy decided, what places are worth is not the reason."""
        return [
            Reason("unmatched.policy", why) if why and one.code == "unmatched.full" else one
            for one in explain.unmatched(i)
        ]

    has = np.bincount(result.i, minlength=found.problem.n_mentees)
    return [
        LeftOver(
            scenario=scenario,
            mentee_id=found.mentee(int(i)),
            reasons=[as_json(reason) for reason in reasons(int(i)) if reason.code not in UNSAID],
        )
        for i in np.flatnonzero(has < found.problem.wants)
    ]


def _loads(
    scenario: Scenario, found: Assembled, pairs: list[tuple[int, int]], values: PlaceValues | None
) -> list[Load]:
    filled = np.bincount([j for _, j in (*pairs, *found.together)], minlength=found.problem.n_mentors)
    rows = []
    for j, places in enumerate(found.places):
        served, quality = values.parts(int(values.more[j])) if values else (None, None)
        rows.append(
            Load(
                scenario=scenario,
                mentor_id=found.mentor(j),
                places=int(places),
                filled=int(filled[j]),
                held=int(found.held[j]),
                more_served=None if served is None else max(0, served),
                more_quality=None if quality is None else round(max(0.0, quality), 6),
            )
        )
    return rows


def _told(scenario: Scenario, found: Assembled, proposals: list[Proposal], loads: list[Load]) -> dict[str, Any]:
    scores = [row.score for row in proposals]
    served = {row.mentee_id for row in proposals}
    minutes = [row.minutes for row in proposals if row.minutes is not None]
    round_ = scenario.round
    wanting = [found.mentee(int(i)) for i in np.flatnonzero(found.wants > 0)]
    began = waiting.since(wanting, round_.programme)
    left = [(round_.from_on - began[pk]).days for pk in wanting if pk not in served and pk in began]
    used = [row.filled for row in loads if row.places]
    return {
        "wanting": len(wanting),
        "served": len(served),
        "pairs": len(proposals),
        "quality": round(sum(scores), 6),
        "mean": round(float(np.mean(scores)), 6) if scores else None,
        "tenth": round(float(np.percentile(scores, 10)), 6) if scores else None,
        "bins": np.histogram(scores, bins=10, range=(0, 1))[0].tolist(),
        "waiting_days": round(float(np.mean(left)), 1) if left else None,
        "longest_wait": max(left) if left else None,
        "minutes": round(float(np.median(minutes)), 1) if minutes else None,
        "minutes_tenth": round(float(np.percentile(minutes, 90)), 1) if minutes else None,
        "mentors": len(used),
        "load_most": max(used, default=0),
        "load_least": min(used, default=0),
        "places": int(found.places.sum()),
        "kept": sum(row.is_kept for row in proposals),
        "moved": len(found.current) - sum(row.is_kept for row in proposals),
    }


def _by_the_rounds_weights(
    scenario: Scenario, settings: Settings, found: Assembled, pairs: list[tuple[int, int]]
) -> float | None:
    """The mean quality by the weights the round began with: one yardstick for scenarios with weights of their own."""
    own = from_json(scenario.round.settings)
    yard = found if own.weights == settings.weights else assemble(scenario.round, own)
    values = [yard.shown(i, j) for i, j in {*pairs, *found.together}]
    return round(float(np.mean(values)), 6) if values else None


def _proved(found: Assembled, result: Result, verdict: Verdict) -> dict[str, Any]:
    """What the certificate says, and whether it holds. Whole numbers as text: JSON readers would round them."""
    certificate = result.certificate
    return {
        "worth": str(certificate.worth),
        "bound": str(certificate.bound),
        "gap": certificate.gap,
        "is_optimal": certificate.is_optimal,
        "verified": bool(verdict),
        "wrong": list(verdict.wrong)[:20],
        "rounds": result.rounds,
        "proved_by": certificate.proved_by,
        "versions": [list(pair) for pair in certificate.versions],
        "considered": found.problem.n_mentees * found.problem.n_mentors,
    }
