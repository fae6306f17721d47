"""How long it takes from one site to another, when some are on islands.

On one piece of land: the distance over the globe times a factor for winding roads, at a mean speed. Over water: only
by a crossing (a ferry, a boat), with its own time and the wait for it. Two points a few kilometres apart with a lake
between them are therefore hours apart, as in life. All of it is an approximation that a programme can correct.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Spots = tuple[Floats, Floats, npt.NDArray[np.object_]]
"""Latitudes, longitudes and the pieces of land of some points."""

EARTH_KM = 6371.0088  # mean radius, IUGG


@dataclass(frozen=True)
class Port:
    """A landing place on a piece of land (`land` is a name such as "mainland" or "Ukerewe")."""

    name: str
    latitude: float
    longitude: float
    land: str


@dataclass(frozen=True)
class Crossing:
    """A way over water, in both directions: `minutes` on board, `sailings` a day in each direction."""

    start: Port
    end: Port
    minutes: float
    sailings: float
    source: str = ""

    def wait(self, day_minutes: float) -> float:
        """Mean wait for somebody who arrives at any time of the day: half of the time between two sailings."""
        return day_minutes / self.sailings / 2


@dataclass(frozen=True)
class Roads:
    """`factor`: road over straight line; `km_per_hour` on the way; `day_minutes`: when boats and drivers are about."""

    factor: float = 1.3
    km_per_hour: float = 40.0
    day_minutes: float = 12 * 60

    def minutes(self, km: Floats) -> Floats:
        return km * self.factor / self.km_per_hour * 60


def kilometres(latitude: Floats, longitude: Floats, to_latitude: Floats, to_longitude: Floats) -> Floats:
    """Distance over the globe (haversine), shape (from, to), in km."""
    a, b = np.radians(latitude)[:, None], np.radians(to_latitude)[None, :]
    half = np.radians(to_longitude)[None, :] - np.radians(longitude)[:, None]
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(half / 2) ** 2
    answer: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1)))
    return answer


def minutes_between(
    latitude: Floats,
    longitude: Floats,
    land: Sequence[str],
    *,
    crossings: Sequence[Crossing] = (),
    roads: Roads = Roads(),
) -> Floats:
    """One way in minutes between all sites, shape (sites, sites), 0 on the diagonal; infinite where there is no way.

    `latitude`, `longitude` in degrees; `land` names the piece of land of each site. The quickest chain of roads and
    crossings is taken, also where a boat is quicker than the road round a bay.
    """
    sites: Spots = (latitude, longitude, np.asarray(land, dtype=object))
    answer = _on_land(sites, sites, roads)
    ports = list(dict.fromkeys(port for crossing in crossings for port in (crossing.start, crossing.end)))
    if ports:
        landings: Spots = (
            np.array([port.latitude for port in ports]),
            np.array([port.longitude for port in ports]),
            np.array([port.land for port in ports], dtype=object),
        )
        between = _on_land(landings, landings, roads)
        for crossing in crossings:
            a, b = ports.index(crossing.start), ports.index(crossing.end)
            over = crossing.minutes + crossing.wait(roads.day_minutes)
            between[a, b] = between[b, a] = min(between[a, b], over)
        from scipy.sparse import csgraph  # noqa: PLC0415 - slow to load, and only lakes need it

        between = csgraph.shortest_path(np.where(np.isfinite(between), between, 0), method="FW", directed=False)
        to_port = _on_land(sites, landings, roads)
        over_water = _through(to_port, between)
        for port in range(len(ports)):
            answer = np.minimum(answer, over_water[:, port][:, None] + to_port[:, port][None, :])
    np.fill_diagonal(answer, 0)
    return answer


def _through(to_port: Floats, between: Floats) -> Floats:
    """From each site to each port by way of any first port (sites, ports)."""
    answer: Floats = (to_port[:, :, None] + between[None, :, :]).min(axis=1)
    return answer


def _on_land(here: Spots, there: Spots, roads: Roads) -> Floats:
    minutes = roads.minutes(kilometres(here[0], here[1], there[0], there[1]))
    return np.where(here[2][:, None] == there[2][None, :], minutes, np.inf)
