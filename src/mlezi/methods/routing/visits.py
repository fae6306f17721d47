"""Who drives where on which day: rounds of visits from a base, with opening hours and nights away.

PyVRP searches (Wouda, Lan and Kool, 2024); it proves nothing, so the plan says "best found" and stands beside a bound
below which no plan can go. Sites that cannot be reached and left within one day are put on longer rounds: these are
planned as one stretch of working time, then cut into days, sleeping where the day ends and never cutting a visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np

from .travel import Floats


class NotInstalled(ImportError):
    """PyVRP is missing."""

    def __init__(self) -> None:
        super().__init__(
            "Visit routes need PyVRP. Install Mlezi with its matching extra: pip install 'mlezi[matching]'."
        )


class CannotReach(ValueError):
    """Sites that no round can visit: closed when one could be there, or too far for the nights allowed."""

    def __init__(self, sites: list[int]) -> None:
        self.sites = sites
        super().__init__(f"{len(sites)} sites cannot be visited within the days and opening hours given: {sites}.")


@dataclass(frozen=True)
class Visit:
    """`site`: index into the table of minutes; the rest in whole minutes from the start of a working day."""

    site: int
    minutes: int
    opens: int = 0
    closes: int = 24 * 60


@dataclass(frozen=True)
class Terms:
    """`day`: working minutes a day; `nights`: away at most; `vehicles` at the same time; what things cost."""

    base: int
    day: int = 540
    nights: int = 2
    vehicles: int = 1
    day_cost: int = 100
    night_cost: int = 60
    minute_cost: int = 1


@dataclass(frozen=True)
class Stop:
    """A visit on day `day` of a round (0 = first), from `starts` to `ends` in minutes of that day."""

    site: int
    day: int
    starts: int
    ends: int


@dataclass(frozen=True)
class Round:
    """One vehicle's way from the base and back. `nights`: the sites where its people sleep.

    `vehicle` (0 …) drives it from working day `begins` (0 …) on.
    """

    stops: tuple[Stop, ...]
    days: int
    nights: tuple[int, ...]
    driving: int
    vehicle: int = 0
    begins: int = 0


@dataclass(frozen=True)
class Plan:
    """The best plan found. `days`: vehicle-days used; `least_days`: no plan at all can do with fewer."""

    rounds: tuple[Round, ...]
    days: int
    least_days: int
    cost: int
    seed: int

    @property
    def gap(self) -> float:
        """The share of vehicle-days that a better plan could save at the very most."""
        return (self.days - self.least_days) / self.days if self.days else 0.0


def plan(visits: list[Visit], minutes: Floats, terms: Terms, *, seed: int = 0, iterations: int = 2000) -> Plan:
    """Rounds that make every visit once. `minutes` (sites, sites) one way. The same seed gives the same plan.

    Raises `CannotReach` with the sites that no round can visit, and `NotInstalled` without PyVRP.
    """
    whole = np.where(np.isfinite(minutes), np.ceil(minutes), 10**7).astype(np.int64)
    near = [v for v in visits if fits_a_day(v, whole, terms)]
    far = [v for v in visits if not fits_a_day(v, whole, terms)]
    rounds = [*search(near, whole, terms, nights=0, seed=seed, iterations=iterations)]
    for nights in range(1, terms.nights + 1):
        now = [v for v in far if fits_nights(v, whole, terms, nights)]
        far = [v for v in far if not fits_nights(v, whole, terms, nights)]
        rounds += search(now, whole, terms, nights=nights, seed=seed, iterations=iterations)
    if far:
        raise CannotReach([v.site for v in far])
    days = sum(r.days for r in rounds)
    cost = sum(
        r.days * terms.day_cost + len(r.nights) * terms.night_cost + r.driving * terms.minute_cost for r in rounds
    )
    return Plan(share(rounds, terms.vehicles), days, least_days(visits, whole, terms), cost, seed)


def share(rounds: list[Round], vehicles: int) -> tuple[Round, ...]:
    """Give the rounds to vehicles, the longest first and each to the vehicle that is free first (Graham, 1969)."""
    free = [0] * vehicles
    answer = []
    for way in sorted(rounds, key=lambda way: -way.days):
        vehicle = free.index(min(free))
        answer.append(replace(way, vehicle=vehicle, begins=free[vehicle]))
        free[vehicle] += way.days
    return tuple(answer)


def fits_a_day(visit: Visit, minutes: Any, terms: Terms) -> bool:
    arrives = max(minutes[terms.base, visit.site], visit.opens)
    return bool(
        arrives + visit.minutes <= visit.closes
        and arrives + visit.minutes + minutes[visit.site, terms.base] <= terms.day
    )


def fits_nights(visit: Visit, minutes: Any, terms: Terms, nights: int) -> bool:
    try:
        return cut([visit], minutes, terms).days <= nights + 1
    except CannotReach:
        return False


def search(
    visits: list[Visit], minutes: Any, terms: Terms, *, nights: int, seed: int, iterations: int
) -> Iterator[Round]:
    """The best rounds found that make these visits, each of at most nights + 1 days."""
    if not visits:
        return
    for way in solve(visits, minutes, terms, nights=nights, seed=seed, iterations=iterations):
        yield from split(way, minutes, terms, nights)


def split(way: list[Visit], minutes: Any, terms: Terms, nights: int) -> Iterator[Round]:
    """One way as a round; where sleeping and opening hours make it too long, as several."""
    if not way:
        return
    for size in range(len(way), 0, -1):
        try:
            round_ = cut(way[:size], minutes, terms)
        except CannotReach:
            continue
        if round_.days <= nights + 1:
            yield round_
            yield from split(way[size:], minutes, terms, nights)
            return
    raise CannotReach([v.site for v in way])


def cut(way: list[Visit], minutes: Any, terms: Terms) -> Round:
    """The visits in this order with days and nights; raises `CannotReach` when a site is never open long enough."""
    stops: list[Stop] = []
    nights: list[int] = []
    day, clock, here, driving = 0, 0, terms.base, 0
    for visit in way:
        step = int(minutes[here, visit.site])
        driving += step
        nights_on_the_way, clock = divmod(clock + step, terms.day) if clock + step > terms.day else (0, clock + step)
        day += nights_on_the_way
        nights += [here] * nights_on_the_way
        starts = max(clock, visit.opens)
        if starts + visit.minutes > min(visit.closes, terms.day):
            day, starts = day + 1, visit.opens
            nights.append(visit.site)
            if starts + visit.minutes > min(visit.closes, terms.day):
                raise CannotReach([visit.site])
        stops.append(Stop(visit.site, day, starts, starts + visit.minutes))
        clock, here = starts + visit.minutes, visit.site
    step = int(minutes[here, terms.base])
    extra = max(0, ceil((clock + step) / terms.day) - 1)
    return Round(tuple(stops), day + 1 + extra, (*nights, *[here] * extra), driving + step)


def solve(
    visits: list[Visit], minutes: Any, terms: Terms, *, nights: int, seed: int, iterations: int
) -> list[list[Visit]]:
    """PyVRP's best ways for these visits, in order of driving."""
    try:
        from pyvrp import Model  # noqa: PLC0415 - optional
        from pyvrp.stop import MaxIterations  # noqa: PLC0415
    except ImportError as missing:
        raise NotInstalled from missing

    model = Model()
    sites = [terms.base, *(v.site for v in visits)]
    spots = [model.add_location(0, 0) for _ in sites]
    depot = model.add_depot(spots[0])
    for visit, spot in zip(visits, spots[1:], strict=True):
        hours = {"tw_early": visit.opens, "tw_late": visit.closes - visit.minutes} if nights == 0 else {}
        model.add_client(spot, service_duration=visit.minutes, **hours)
    stretch = terms.day * (nights + 1)
    model.add_vehicle_type(
        len(visits), start_depot=depot, end_depot=depot, shift_duration=stretch, tw_late=stretch,
        fixed_cost=terms.day_cost * (nights + 1) + terms.night_cost * nights, unit_distance_cost=terms.minute_cost,
    )  # fmt: skip
    for a, start in zip(sites, spots, strict=True):
        for b, end in zip(sites, spots, strict=True):
            model.add_edge(start, end, distance=int(minutes[a, b]), duration=int(minutes[a, b]))
    found = model.solve(MaxIterations(iterations), seed=seed, display=False, collect_stats=False)
    if not found.is_feasible():
        return [[visit] for visit in visits]
    return [[visits[act.idx] for act in way.schedule() if act.is_client()] for way in found.best.routes()]


def least_days(visits: list[Visit], minutes: Any, terms: Terms) -> int:
    """Vehicle-days that any plan needs: all visits, each reached by its shortest way in, and back to base once."""
    if not visits:
        return 0
    sites = sorted({terms.base, *(v.site for v in visits)})
    ways_in = [
        min(int(minutes[a, v.site]) for a in sites if a != v.site) if v.site != terms.base else 0 for v in visits
    ]
    back = min(int(minutes[v.site, terms.base]) for v in visits)
    return ceil((sum(v.minutes for v in visits) + sum(ways_in) + back) / terms.day)
