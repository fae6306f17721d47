"""One mentee in a scenario: every mentor with what the pair would be worth, what rules say, and what it would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.utils.translation import gettext

from mlezi.matching import keeping, problems, solving
from mlezi.matching.assembling.whole import IN_CONFIDENCE
from mlezi.matching.models import Scenario
from mlezi.matching.pictures.answer import titles_of
from mlezi.matching.sentences import in_favour, instead, sentence
from mlezi.methods.assignment.arrays import NEVER, Bools
from mlezi.methods.assignment.network import Valuation
from mlezi.methods.assignment.result import Result
from mlezi.methods.assignment.scoring import Scorer
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.queries import participants


@dataclass(frozen=True)
class Option:
    """`costs`: what the round would lose at least, in points of 100; None where a rule forbids the pair."""

    mentor: Person
    score: float
    reasons: list[str]
    minutes: float | None
    places: int
    filled: int
    costs: float | None
    forbidden: str
    is_now: bool


AT_ONCE = 40
"""Mentors shown at once, the best fit first; a search by name finds the others."""


def of_mentee(scenario: Scenario, who: UUID, scope: Scope, *, typed: str = "") -> dict[str, Any]:
    """What the page about one mentee shows; `typed` is a part of a mentor's name.

    Raises `NoSuchRound` when they are not there to be seen.
    """
    found = solving.assembled_for(scenario)
    mentee = _seen(scenario, who, scope)
    row = found.sides.mentees.index()
    if mentee.pk not in row:
        raise problems.NoSuchRound
    i = row[mentee.pk]
    result = Result.from_bytes(bytes(scenario.result or b""))
    worth = Valuation(found.problem, Scorer(found.problem)).between(np.array([i]))[0]
    # Worked out from all criteria, a cost would tell what was said in confidence.
    hides = any(criterion.code in IN_CONFIDENCE for criterion in found.problem.criteria)
    still = keeping.fits(result, found.problem) and not hides
    now = set(scenario.proposals.filter(mentee=mentee).values_list("mentor", flat=True))
    loads = {load.mentor_id: load for load in scenario.loads.all()}
    titles = titles_of(scenario.round.programme)
    mentors, score, allowed = found.sides.mentors.persons, found.shown_row(i), _allowed(found.problem.rules, i)
    fitting = [j for j, mentor in enumerate(mentors) if typed.casefold() in mentor.name.casefold()]
    fitting.sort(key=lambda j: (mentors[j].pk not in now, not allowed[j], -score[j], mentors[j].name))
    options = []
    for j in fitting[:AT_ONCE]:
        mentor = mentors[j]
        short = int(result.gain[i]) + int(result.price[j]) - int(worth[j]) if still and worth[j] != NEVER else None
        load = loads.get(mentor.pk)
        reasons = [
            solving.as_json(criterion.explain(i, j, points))
            for criterion, points in zip(found.problem.criteria, found.problem.points, strict=True)
            if criterion.code not in IN_CONFIDENCE
        ]
        options.append(
            Option(
                mentor=mentor,
                score=float(score[j]) * 100,
                reasons=[sentence(one, titles) for one in in_favour(sorted(reasons, key=lambda r: -r["points"]))[:3]],
                minutes=found.ways.between(i, j),
                places=load.places if load else 0,
                filled=load.filled if load else 0,
                costs=None if short is None else max(0.0, short / found.problem.objective.scale / 1e4),
                forbidden="" if allowed[j] else _forbidden(found.problem.rules, i, j, titles),
                is_now=mentor.pk in now,
            )
        )
    pair = scenario.proposals.filter(mentee=mentee).first()
    return {
        "mentee": mentee,
        "options": options,
        "others": len(fitting) - len(options),
        "typed": typed,
        "instead": instead(pair.reasons, titles) if pair else "",
    }


def _allowed(rules: Any, i: int) -> Bools:
    """The mentors whom no rule forbids for mentee i."""
    allowed: Bools = np.logical_and.reduce([rule.allows(np.array([i]))[0] for rule in rules])
    return allowed


def _forbidden(rules: Any, i: int, j: int, titles: Any) -> str:
    for rule in rules:
        if not rule.allows(np.array([i]))[0, j]:
            if rule.code == "conflict":  # said in confidence
                return gettext("A rule of the programme forbids this pair.")
            return sentence(solving.as_json(rule.explain(i, j)), titles)
    return ""


def _seen(scenario: Scenario, who: UUID, scope: Scope) -> Person:
    found = participants(scope, scenario.round.programme).filter(uid=who).first()
    if found is None:
        raise problems.NoSuchRound
    return found


def both(scenario: Scenario, who: UUID, mentor: str, scope: Scope) -> tuple[Person, Person]:
    """The two whom a choice by hand names."""
    members = Person.objects.filter(pk__in=scenario.round.members.filter(side="mentor").values("person"))
    found = next((person for person in members if str(person.uid) == mentor), None)
    if found is None:
        raise problems.NoSuchRound
    return _seen(scenario, who, scope), found
