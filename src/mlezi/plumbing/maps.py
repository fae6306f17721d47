"""A map without the internet: points and outlines drawn from coordinates, and the same places as a list.

Nothing is fetched. An outline that nobody supplied is a dashed hull around its points and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from mlezi.methods.geometry import plane

Words = str | Promise
WIDTH = 640
TONES = ("good", "wait", "late", "none", "")


@dataclass(frozen=True)
class Spot:
    """One place on the map. `words` says what its tone means, as in "last visit 74 days ago"."""

    key: str
    name: str
    latitude: float | None
    longitude: float | None
    url: str = ""
    tone: str = ""
    words: Words = ""
    group: str = ""  # the outline it belongs to

    @property
    def badge_tone(self) -> str:
        return "" if self.tone == "none" else self.tone


@dataclass(frozen=True)
class Outline:
    """A district. `geometry` is GeoJSON in degrees, or None when nobody supplied one."""

    key: str
    name: str
    geometry: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Way:
    """A line from one point to another, in degrees; its tone is drawn as colour and as dashes."""

    latitude: float
    longitude: float
    to_latitude: float
    to_longitude: float
    tone: str = ""


@dataclass
class Map:
    """What templates/components/map.html draws."""

    title: Words
    spots: Sequence[Spot]
    outlines: Sequence[Outline] = ()
    key: Sequence[tuple[str, Words]] = ()  # what each tone means
    with_list: bool = True
    radius: float = 6.5
    width: int = WIDTH  # units across; fewer where the picture stands in a narrow column, so that words stay readable
    ways: Sequence[Way] = ()
    _frame: plane.Frame | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        known = [(s.latitude, s.longitude) for s in self.spots if s.latitude is not None and s.longitude is not None]
        corners = [(lat, lon) for one in self.outlines for ring in _rings(one.geometry) for lon, lat in ring]
        if known or corners:
            self._frame = plane.frame([*known, *corners], width=self.width, margin=30)

    @property
    def is_empty(self) -> bool:
        return self._frame is None

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self._frame.height if self._frame else self.width:g}"

    @property
    def points(self) -> list[dict[str, Any]]:
        """Spots with a position, those that need looking at drawn last and so on top."""
        drawn = []
        for spot in self.spots:
            if self._frame and spot.latitude is not None and spot.longitude is not None:
                x, y = self._frame.onto(spot.latitude, spot.longitude)
                drawn.append(
                    {"spot": spot, "x": f"{x:g}", "y": f"{y:g}", "shape": _shape(spot.tone, x, y, self.radius)}
                )
        order = {"": 0, "none": 1, "good": 2, "wait": 3, "late": 4}
        return sorted(drawn, key=lambda one: order[one["spot"].tone])

    @property
    def lines(self) -> list[dict[str, str]]:
        """Ways as SVG paths, the longest first so that short ones stay visible on top."""
        if self._frame is None:
            return []
        drawn = []
        for way in self.ways:
            x, y = self._frame.onto(way.latitude, way.longitude)
            to_x, to_y = self._frame.onto(way.to_latitude, way.to_longitude)
            far = (to_x - x) ** 2 + (to_y - y) ** 2
            drawn.append((far, {"tone": way.tone, "path": f"M{x:g} {y:g}L{to_x:g} {to_y:g}"}))
        return [one for _far, one in sorted(drawn, key=lambda pair: -pair[0])]

    @property
    def unplaced(self) -> list[Spot]:
        return [spot for spot in self.spots if spot.latitude is None or spot.longitude is None]

    @property
    def legend(self) -> list[dict[str, Any]]:
        return [{"tone": tone, "words": words, "shape": _shape(tone, 8, 8, 6)} for tone, words in self.key]

    @property
    def land(self) -> list[dict[str, Any]]:
        """Outlines as SVG paths with the place of their name."""
        return [drawn for one in self.outlines if (drawn := self._drawn(one))]

    @property
    def has_approximate(self) -> bool:
        return any(one["is_approximate"] for one in self.land)

    def _drawn(self, outline: Outline) -> dict[str, Any] | None:
        if self._frame is None:
            return None
        frame = self._frame
        rings = [[frame.onto(lat, lon) for lon, lat in ring] for ring in _rings(outline.geometry)]
        rings = [plane.simplified(ring, 0.8) for ring in rings]
        if not rings:
            own = [
                frame.onto(s.latitude, s.longitude)
                for s in self.spots
                if s.group == outline.key and s.latitude is not None and s.longitude is not None
            ]
            rings = [plane.swollen(own, 16)] if own else []
        if not rings:
            return None
        around = max(rings, key=len)
        x = sum(p[0] for p in around) / len(around)
        top = min(p[1] for p in around)
        return {
            "name": outline.name,
            "path": "".join(_path(ring) for ring in rings),
            "x": f"{x:g}",
            "y": f"{max(top + 18, 16):g}",
            "is_approximate": outline.geometry is None,
        }

    @property
    def scale(self) -> dict[str, Any] | None:
        """A bar of a round number of kilometres, at most a fifth of the picture."""
        if self._frame is None:
            return None
        fits = [km for km in (1, 2, 5, 10, 20, 50, 100, 200, 500) if self._frame.units(km) <= self.width / 5] or [1]
        length = self._frame.units(fits[-1])
        y = self._frame.height - 14
        words = gettext("{n} km").format(n=fits[-1])
        return {
            "path": f"M14 {y - 5:g}V{y:g}H{14 + length:g}V{y - 5:g}",
            "x": f"{20 + length:g}",
            "y": f"{y:g}",
            "words": words,
        }


def _rings(geometry: Mapping[str, Any] | None) -> Iterable[list[tuple[float, float]]]:
    """The rings of a GeoJSON Polygon or MultiPolygon, as (longitude, latitude)."""
    if not geometry:
        return []
    shapes = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(c[0], c[1]) for c in ring] for shape in shapes for ring in shape]


def _path(ring: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z"


def _shape(tone: str, x: float, y: float, r: float) -> str:
    """Each tone has its own shape, so that nobody depends on telling colours apart."""
    if tone == "late":
        return f"M{x:g} {y - r * 1.25:g}L{x + r * 1.2:g} {y + r * 0.85:g}H{x - r * 1.2:g}Z"
    if tone == "wait":
        return f"M{x:g} {y - r * 1.2:g}L{x + r * 1.2:g} {y:g}L{x:g} {y + r * 1.2:g}L{x - r * 1.2:g} {y:g}Z"
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0Z"
