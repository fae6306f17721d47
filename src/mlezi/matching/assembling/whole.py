"""A scenario of a round as the engine's problem, with what is needed to read the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlezi.matching.assembling import limits, parts, people
from mlezi.matching.assembling.parts import Ways
from mlezi.matching.assembling.people import Sides
from mlezi.matching.models import Choice, Request, Round
from mlezi.matching.queries import loads, waiting
from mlezi.matching.settings import Settings
from mlezi.methods.assignment import criteria, rules
from mlezi.methods.assignment.arrays import Floats, Ints
from mlezi.methods.assignment.objective import EvenLoad, Objective, Stay, Waiting
from mlezi.methods.assignment.problem import Problem
from mlezi.pairing.models import Pairing

Asked = tuple[Ints, Ints]
"""What each mentee asked for and what each mentor said, as labels; see `criteria.Asked`."""
IN_CONFIDENCE = frozenset({"asked"})
"""Criteria that no page shows and that the shown score leaves out."""


@dataclass
class Assembled:
    """`problem` is what is left to solve; `wants` and `places` are before `together` took its share."""

    sides: Sides
    ways: Ways
    problem: Problem
    wants: Ints
    places: Ints
    held: Ints
    together: list[tuple[int, int]]
    current: set[tuple[int, int]]

    def mentee(self, i: int) -> int:
        return self.sides.mentees.ids[i]

    def mentor(self, j: int) -> int:
        return self.sides.mentors.ids[j]

    def shown(self, i: int, j: int) -> float:
        """The score people see, from 0 to 1: without what was said in confidence."""
        return float(self.shown_row(i)[j])

    def shown_row(self, i: int) -> Floats:
        """The same with every mentor."""
        got, most = np.zeros(self.problem.n_mentors, dtype=np.int64), 0
        for criterion, points in zip(self.problem.criteria, self.problem.points, strict=True):
            if criterion.code not in IN_CONFIDENCE:
                got += criterion.score(np.array([i]), points)[0]
                most += points
        return got / max(1, most)


def assemble(
    round_: Round, settings: Settings, choices: Sequence[Choice] = (), *, asked: Asked | None = None
) -> Assembled:
    """The problem that these settings make of the round today. The same rows give the same problem."""
    sides = people.sides_of(round_)
    ways = Ways(sides)
    places, held = limits.places_of(sides, settings)
    wants = wanted(sides)
    row, column = sides.mentees.index(), sides.mentors.index()
    together = [
        (row[choice.mentee_id], column[choice.mentor_id])
        for choice in choices
        if choice.verb == Choice.Verb.TOGETHER and choice.mentee_id in row and choice.mentor_id in column
    ]
    left, left_places = wants.copy(), places.copy()
    for i, j in together:
        left[i], left_places[j] = max(0, left[i] - 1), max(0, left_places[j] - 1)
    now = current(sides)
    problem = Problem(
        mentees=tuple(person.name for person in sides.mentees.persons),
        mentors=tuple(person.name for person in sides.mentors.persons),
        wants=left,
        places=left_places,
        criteria=tuple([*parts.criteria_of(sides, ways, settings), *said(asked, settings)]),
        rules=tuple(limits.rules_of(sides, ways, settings, choices)),
        objective=objective(sides, settings, now, held),
        asked_cap=cap(asked, settings, left_places),
    )
    return Assembled(sides, ways, problem, wants, places, held, together, now)


def wanted(sides: Sides) -> Ints:
    """Mentors still wished for: less those a mentee has (unless the round replaces them) or was promised."""
    round_ = sides.round
    ids = sides.mentees.ids
    has = list(Request.objects.filter(round=round_, answer="", mentee__in=ids).values_list("mentee", flat=True))
    spared = loads.replaced_by(round_)
    has += list(loads.current(round_).exclude(pk__in=spared).values_list("learner", flat=True))
    answer = []
    for pk in ids:
        terms = sides.mentees.terms.get(pk)
        answer.append(max(0, (terms.wants if terms else 1) - has.count(pk)))
    return np.array(answer, dtype=np.int64)


def current(sides: Sides) -> set[tuple[int, int]]:
    """Pairs that run now and that the round looks at anew."""
    row, column = sides.mentees.index(), sides.mentors.index()
    spared = Pairing.objects.filter(pk__in=loads.replaced_by(sides.round)).values_list("learner", "guide")
    return {(row[a], column[b]) for a, b in spared if a in row and b in column}


def objective(sides: Sides, settings: Settings, now: set[tuple[int, int]], held: Ints) -> Objective:
    days = waiting.pressing(
        sides.mentees.ids, sides.round.programme, on=sides.round.from_on,
        per_round=settings.left_out_days, per_absence=settings.no_show_days,
    )  # fmt: skip
    counted = np.array([days[pk] for pk in sides.mentees.ids], dtype=np.int64)
    waits = Waiting(counted, points=round(settings.waiting_points * 1000)) if settings.waiting_points else None
    # Groups that open with a least number are not combined with even load.
    evens = settings.even_load_points and settings.least_group <= 1
    even = EvenLoad(round(settings.even_load_points * 1000), already=held) if evens else None
    stay = None
    if settings.stay_points:
        known = set(now)
        if not settings.forbid_earlier_pair:
            known |= limits.liked_before(sides)
        i, j = np.array(sorted(known), dtype=np.int64).reshape(-1, 2).T
        stay = Stay(np.ascontiguousarray(i), np.ascontiguousarray(j), round(settings.stay_points * 1000))
    return Objective(settings.served_first, waiting=waits, even_load=even, stay=stay)


def said(asked: Asked | None, settings: Settings) -> list[criteria.Criterion]:
    weight = settings.weights.get("asked_identity", 0.0)
    return [criteria.Asked(*asked, weight=weight)] if asked is not None and weight > 0 else []


def cap(asked: Asked | None, settings: Settings, places: Ints) -> rules.AskedCap | None:
    if asked is None or settings.asked_per_mentor is None:
        return None
    return rules.AskedCap(*asked, np.minimum(places, settings.asked_per_mentor))
