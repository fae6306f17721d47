"""Who drives where on which day: the month's visits as rounds from a base, with opening hours and nights away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from mlezi.methods.routing.lake_victoria import CROSSINGS, land_of
from mlezi.methods.routing.travel import Floats, minutes_between
from mlezi.methods.routing.visits import CannotReach, NotInstalled, Plan, Round, Terms, Visit, plan
from mlezi.office import problems
from mlezi.places.models import Place

MOST = 80
"""Visits looked at together; more would keep the reader waiting."""
TRIES = 400


@dataclass(frozen=True)
class Question:
    """One number of the form above the rounds."""

    key: str
    title: Any
    least: int
    most: int
    usual: int


QUESTIONS = (
    Question("vehicles", _("Vehicles"), 1, 10, 1),
    Question("nights", _("Nights away at most"), 0, 5, 2),
    Question("leaves", _("Leave at (hour)"), 4, 11, 8),
    Question("hours", _("Hours a day"), 4, 14, 9),
    Question("opens", _("Facilities open at (hour)"), 0, 12, 8),
    Question("closes", _("Facilities close at (hour)"), 12, 24, 16),
    Question("minutes", _("Minutes at each facility"), 15, 480, 120),
)


@dataclass(frozen=True)
class Stop:
    place: Place
    day: int
    starts: str
    ends: str


@dataclass(frozen=True)
class Way:
    """A vehicle's way from the base and back; days of the plan are counted from 1."""

    vehicle: int
    begins: int
    ends: int
    stops: tuple[Stop, ...]
    nights: tuple[Place, ...]
    driving: int


@dataclass(frozen=True)
class Answer:
    """`plan` is the best found; `least` vehicle-days no plan can go below. `unknown`: places without coordinates."""

    ways: tuple[Way, ...]
    plan: Plan | None
    base: Place | None
    bases: tuple[Place, ...]
    too_far: tuple[Place, ...]
    unknown: tuple[Place, ...]
    n_more: int
    driving: int


def numbers(given: Mapping[str, str]) -> dict[str, int]:
    """What the address says, each within its bounds; the usual where it says nothing that can be read."""
    return {one.key: _within(given.get(one.key, ""), one) for one in QUESTIONS}


def _within(text: str, one: Question) -> int:
    return min(one.most, max(one.least, int(text))) if text.isdecimal() and len(text) < 6 else one.usual


def answer(places: Sequence[Place], asked: Mapping[str, int], base: str = "") -> Answer:
    """Rounds that visit every place once, from the base of that code, or the place nearest to all the others.

    Raises `NoRouting` where PyVRP is not installed.
    """
    known = [one for one in places if one.latitude is not None and one.longitude is not None]
    unknown = tuple(dict.fromkeys(one for one in places if one.latitude is None or one.longitude is None))
    used = known[:MOST]
    if not used:
        return Answer((), None, None, (), (), unknown, 0, 0)
    spots = list(dict.fromkeys(used))
    minutes = _minutes(spots)
    start = next((n for n, one in enumerate(spots) if one.code == base), None)
    if start is None:
        start = int(np.argmin(np.where(np.isfinite(minutes), minutes, 1e6).sum(axis=1)))
    terms = Terms(base=start, day=60 * asked["hours"], nights=asked["nights"], vehicles=asked["vehicles"])
    visits = [_visit(spots.index(one), asked) for one in used]
    try:
        found, missed = _reachable(visits, minutes, terms)
    except NotInstalled as missing:
        raise problems.NoRouting from missing
    ways = tuple(_way(one, spots, asked["leaves"]) for one in sorted(found.rounds, key=lambda r: (r.begins, r.vehicle)))
    return Answer(
        ways, found, spots[start], tuple(sorted(spots, key=lambda one: one.name)), tuple(spots[n] for n in missed),
        unknown, len(known) - len(used), sum(one.driving for one in ways),
    )  # fmt: skip


def _minutes(spots: Sequence[Place]) -> Floats:
    latitude, longitude = (np.array([getattr(one, name) for one in spots]) for name in ("latitude", "longitude"))
    land = [land_of(*point) for point in zip(latitude, longitude, strict=True)]
    return minutes_between(latitude, longitude, land, crossings=CROSSINGS)


def _visit(site: int, asked: Mapping[str, int]) -> Visit:
    """Opening hours as minutes from when one leaves."""
    opens, closes = (60 * (asked[name] - asked["leaves"]) for name in ("opens", "closes"))
    return Visit(site, asked["minutes"], opens=max(0, opens), closes=max(0, closes))


def _reachable(visits: list[Visit], minutes: Floats, terms: Terms) -> tuple[Plan, list[int]]:
    """The plan of those that can be visited at all, and the sites of the others."""
    missed: list[int] = []
    while True:
        try:
            return plan(visits, minutes, terms, iterations=TRIES), missed
        except CannotReach as trouble:
            missed += sorted(set(trouble.sites))
            visits = [one for one in visits if one.site not in missed]


def _way(one: Round, spots: Sequence[Place], leaves: int) -> Way:
    stops = tuple(
        Stop(spots[stop.site], one.begins + stop.day + 1, _clock(leaves, stop.starts), _clock(leaves, stop.ends))
        for stop in one.stops
    )
    nights = tuple(spots[site] for site in one.nights)
    return Way(one.vehicle + 1, one.begins + 1, one.begins + one.days, stops, nights, one.driving)


def _clock(leaves: int, minutes: int) -> str:
    hour, rest = divmod(60 * leaves + minutes, 60)
    return f"{hour:02}:{rest:02}"


def of_plans(plans: Sequence[Any]) -> list[Place]:
    """The places of visits that are still to come."""
    return [one.place for one in plans if one.status == "due"]
