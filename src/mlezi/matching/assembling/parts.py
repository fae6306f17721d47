"""The criteria of a round, one small function each. A criterion takes part when its weight is above zero."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlezi.matching import slots
from mlezi.matching.assembling import people
from mlezi.matching.assembling.people import Side, Sides
from mlezi.matching.models import Preference
from mlezi.matching.settings import Settings
from mlezi.methods.assignment import criteria
from mlezi.methods.assignment.arrays import Bools, Floats, Ints, Masks
from mlezi.methods.assignment.criteria.track_record import strength
from mlezi.methods.routing.lake_victoria import CROSSINGS, land_of
from mlezi.methods.routing.travel import minutes_between

ENOUGH_SLOTS = 3


def competency(sides: Sides, weight: float) -> criteria.Competency:
    """What mentees say they need and what their ratings show, against what mentors say they can teach."""
    rated = people.rated_needs(sides.mentees.ids, sides.round.programme)
    need = np.zeros((len(sides.mentees.ids), len(sides.domains)))
    for row, pk in enumerate(sides.mentees.ids):
        stated = sides.mentees.terms[pk].needs if pk in sides.mentees.terms else {}
        need[row] = [float(stated.get(code, 0)) + rated.get(pk, {}).get(code, 0.0) for code in sides.domains]
    skill = np.full((len(sides.mentors.ids), len(sides.domains)), np.nan)
    for row, pk in enumerate(sides.mentors.ids):
        said = sides.mentors.terms[pk].expertise if pk in sides.mentors.terms else {}
        if said:
            skill[row] = [float(said.get(code, 0)) / 100 for code in sides.domains]
    return criteria.Competency(need, skill, tuple(sides.domains), weight=weight)


class Ways:
    """Minutes between the places where people work, and the place of each person (-1 unknown)."""

    def __init__(self, sides: Sides) -> None:
        spots: dict[tuple[float, float], int] = {}
        self.mentees = self._at(sides.mentees, spots)
        self.mentors = self._at(sides.mentors, spots)
        points = list(spots) or [(0.0, 0.0)]
        latitude, longitude = np.array([p[0] for p in points]), np.array([p[1] for p in points])
        land = [land_of(*point) for point in points]
        self.minutes: Floats = minutes_between(latitude, longitude, land, crossings=CROSSINGS)

    def _at(self, side: Side, spots: dict[tuple[float, float], int]) -> Ints:
        found = []
        for pk in side.ids:
            place = side.places.get(pk)
            if place is None or place.latitude is None or place.longitude is None:
                found.append(-1)
            else:
                found.append(spots.setdefault((place.latitude, place.longitude), len(spots)))
        return np.array(found, dtype=np.int64)

    def between(self, i: int, j: int) -> float | None:
        """Minutes one way; None where a place is not known or there is no way."""
        mine, theirs = self.mentees[i], self.mentors[j]
        if mine < 0 or theirs < 0 or not np.isfinite(self.minutes[mine, theirs]):
            return None
        return float(self.minutes[mine, theirs])


def languages(sides: Sides, weight: float) -> criteria.Languages:
    speaks, speaks_b, names = spoken(sides)
    liked = [names.index(p.languages[0]) if p.languages else -1 for p in sides.mentees.persons]
    return criteria.Languages(speaks, speaks_b, np.array(liked, dtype=np.int64), names, weight=weight)


def spoken(sides: Sides) -> tuple[Bools, Bools, tuple[str, ...]]:
    return flags([p.languages for p in sides.mentees.persons], [p.languages for p in sides.mentors.persons])


def flags(mine: list[list[str]], theirs: list[list[str]]) -> tuple[Bools, Bools, tuple[str, ...]]:
    """Lists of words as tables, true where somebody has the word."""
    names = tuple(sorted({word for words in (*mine, *theirs) for word in words}))
    index = {word: number for number, word in enumerate(names)}
    tables = []
    for side in (mine, theirs):
        table = np.zeros((len(side), max(1, len(names))), dtype=np.bool_)
        for row, words in enumerate(side):
            table[row, [index[word] for word in words]] = True
        tables.append(table)
    return tables[0], tables[1], names


def free(side: Side) -> Masks:
    said = (side.profiles[pk].slots if pk in side.profiles else [] for pk in side.ids)
    return np.array([slots.mask(codes) for codes in said], dtype=np.uint64)


def availability(sides: Sides, weight: float) -> criteria.Availability:
    wanted = np.full(len(sides.mentees.ids), ENOUGH_SLOTS, dtype=np.int64)
    return criteria.Availability(free(sides.mentees), free(sides.mentors), wanted, weight=weight)


def topics(sides: Sides, weight: float) -> criteria.Topics:
    wanted, offered, names = flags(interests(sides.mentees), interests(sides.mentors))
    return criteria.Topics(wanted, offered, names, weight=weight)


def interests(side: Side) -> list[list[str]]:
    return [
        [str(word).strip().casefold() for word in side.profiles[pk].interests] if pk in side.profiles else []
        for pk in side.ids
    ]


def seniority(sides: Sides, weight: float) -> criteria.Seniority:
    return criteria.Seniority(levels(sides.mentees), levels(sides.mentors), weight=weight)


def levels(side: Side) -> Ints:
    found = (side.profiles[pk].level if pk in side.profiles else None for pk in side.ids)
    return np.array([-1 if level is None else level for level in found], dtype=np.int64)


def track_record(sides: Sides, weight: float) -> criteria.TrackRecord:
    """Without any entry the record is unknown, not empty."""
    found = people.projects(sides.mentors.ids)
    led = np.array([found.get(pk, (0, 0))[0] for pk in sides.mentors.ids], dtype=np.int64)
    joined = np.array([found.get(pk, (0, 0))[1] for pk in sides.mentors.ids], dtype=np.int64)
    record = strength(led=led, joined=joined)
    record[[pk not in found for pk in sides.mentors.ids]] = np.nan
    return criteria.TrackRecord(record, len(sides.mentees.ids), weight=weight)


def wishes(sides: Sides, weight: float) -> criteria.Wishes:
    row, column = sides.mentees.index(), sides.mentors.index()
    rows = Preference.objects.filter(programme=sides.round.programme).exclude(rank=None).order_by("id")
    found = []
    for person, other, rank in rows.values_list("person", "other", "rank"):
        if person in row and other in column:
            found.append((row[person], column[other], rank))
        if person in column and other in row:
            found.append((row[other], column[person], rank))
    i, j, rank_ = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return criteria.Wishes(i, j, rank_, len(sides.mentors.ids), weight=weight)


PLAIN: dict[str, Callable[[Sides, float], criteria.Criterion]] = {
    "competency_need": competency,
    "languages": languages,
    "availability": availability,
    "topics": topics,
    "seniority": seniority,
    "track_record": track_record,
    "wishes": wishes,
}


def criteria_of(sides: Sides, ways: Ways, settings: Settings) -> list[criteria.Criterion]:
    """The criteria with a weight, in a fixed order. What people asked for is added by `assemble`."""
    found: list[criteria.Criterion] = []
    for name, weight in settings.weights.items():
        if weight <= 0 or name == "asked_identity":
            continue
        if name == "travel_time":
            found.append(criteria.Travel(ways.minutes, ways.mentees, ways.mentors, weight=weight))
        else:
            found.append(PLAIN[name](sides, weight))
    return found
