"""From degrees to a flat picture. Good for a district or a country; not for an ocean.

Equirectangular projection with the scale taken at the middle latitude (Snyder 1987, USGS Professional
Paper 1395, chapter 12): within 10 degrees of the middle, lengths east-west are out by a few per cent at most.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
KM_PER_DEGREE = 6371.0088 * math.pi / 180  # on the sphere of the Earth's mean radius


@dataclass(frozen=True)
class Frame:
    """How degrees become picture units: `x` grows to the east, `y` to the south, as in SVG."""

    west: float
    north: float
    stretch: float  # cosine of the middle latitude
    units_per_degree: float
    left: float
    top: float
    width: float
    height: float

    def onto(self, latitude: float, longitude: float) -> Point:
        x = self.left + (longitude - self.west) * self.stretch * self.units_per_degree
        y = self.top + (self.north - latitude) * self.units_per_degree
        return (round(x, 1), round(y, 1))

    def units(self, km: float) -> float:
        """The length of so many kilometres in the picture."""
        return km / KM_PER_DEGREE * self.units_per_degree


def frame(
    positions: Iterable[Point], *, width: float, margin: float = 24, tallest: float = 1.2, least_km: float = 4
) -> Frame:
    """A frame that holds all (latitude, longitude) positions, at most `tallest` times as high as wide.

    One position alone gets `least_km` around it. Raises ValueError without any position.
    """
    points = list(positions)
    if not points:
        raise ValueError("a frame needs at least one position")
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    stretch = max(math.cos(math.radians((south + north) / 2)), 0.01)
    least = least_km / KM_PER_DEGREE
    across, down = max((east - west) * stretch, least), max(north - south, least)
    inner = width - 2 * margin
    scale = min(inner / across, (width * tallest - 2 * margin) / down)
    height = down * scale + 2 * margin
    left = margin + (inner - (east - west) * stretch * scale) / 2
    top = margin + (height - 2 * margin - (north - south) * scale) / 2
    return Frame(west, north, stretch, scale, left, top, width, round(height, 1))


def hull(points: Sequence[Point]) -> list[Point]:
    """The smallest convex outline around points, without repeating the first (Andrew 1979, monotone chain)."""
    unique = sorted(set(points))
    if len(unique) < 3:
        return unique
    lower: list[Point] = []
    upper: list[Point] = []
    for chain, ordered in ((lower, unique), (upper, list(reversed(unique)))):
        for point in ordered:
            while len(chain) >= 2 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
    return lower[:-1] + upper[:-1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def swollen(points: Sequence[Point], by: float, corners: int = 8) -> list[Point]:
    """The hull of the points with a margin around each, so that no point sits on the line."""
    ring = [
        (math.cos(2 * math.pi * k / corners) * by, math.sin(2 * math.pi * k / corners) * by) for k in range(corners)
    ]
    return hull([(round(x + dx, 1), round(y + dy, 1)) for x, y in points for dx, dy in ring])


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """A line with fewer points, none left out further than `tolerance` from it (Douglas and Peucker 1973)."""
    if len(points) < 3:
        return list(points)
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = 0.0, -1
        for k in range(first + 1, last):
            away = _distance(points[k], points[first], points[last])
            if away > far:
                far, at = away, k
        if far > tolerance:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [points[k] for k in sorted(keep)]


def _distance(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    return math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance between two (latitude, longitude) positions (haversine; Sinnott 1984)."""
    lat1, lon1, lat2, lon2 = (math.radians(value) for value in (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))
