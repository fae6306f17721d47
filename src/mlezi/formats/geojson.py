"""Outlines from a GeoJSON file (RFC 7946): polygons with a name or a code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mlezi.formats.table import Unreadable

NAMES = ("name", "NAME", "Name", "shapeName", "ADM2_EN", "ADM1_EN", "NAME_2", "NAME_1", "district", "region")
CODES = ("code", "CODE", "pcode", "ADM2_PCODE", "ADM1_PCODE", "shapeID", "id")
MOST_POINTS = 5_000  # of one outline after thinning; a browser draws it without waiting


@dataclass(frozen=True)
class Outline:
    """`geometry` is a Polygon or MultiPolygon in degrees, longitude first."""

    name: str
    codes: tuple[str, ...]
    geometry: dict[str, Any]


def read(content: bytes) -> list[Outline]:
    """Raises `Unreadable`: "not_geojson", "no_outlines", "bad_position"."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable("not_geojson") from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise Unreadable("not_geojson")
    outlines = [outline for feature in features if (outline := _outline(feature))]
    if not outlines:
        raise Unreadable("no_outlines")
    return outlines


def _outline(feature: object) -> Outline | None:
    if not isinstance(feature, Mapping) or not isinstance(feature.get("geometry"), Mapping):
        return None
    geometry = feature["geometry"]
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return None
    facts = feature.get("properties") or {}
    name = next((str(facts[key]) for key in NAMES if facts.get(key)), "")
    codes = tuple(str(facts[key]) for key in CODES if facts.get(key))
    polygons = geometry.get("coordinates")
    polygons = [polygons] if geometry["type"] == "Polygon" else polygons
    try:
        rings = [[_ring(ring) for ring in polygon] for polygon in polygons or ()]
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        raise Unreadable("bad_position", name=name) from error
    return Outline(name, codes, {"type": "MultiPolygon", "coordinates": rings})


def _ring(ring: list[list[float]]) -> list[list[float]]:
    """Points of a ring, thinned evenly when there are more than a page needs; it stays closed."""
    points = [[round(float(point[0]), 5), round(float(point[1]), 5)] for point in ring]
    if len(points) < 4 or not all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points):
        raise ValueError("not a ring in degrees")
    step = -(-len(points) // MOST_POINTS)
    return [*points[:-1:step], points[0]] if step > 1 else points
