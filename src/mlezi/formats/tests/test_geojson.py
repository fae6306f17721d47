"""Outlines are polygons in degrees, or the file says why not."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats import geojson
from mlezi.formats.table import Unreadable

RING = [[33.0, -2.5], [33.1, -2.5], [33.1, -2.6], [33.0, -2.5]]


def file(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(coordinates, kind="Polygon", **facts):
    return {"type": "Feature", "properties": facts, "geometry": {"type": kind, "coordinates": coordinates}}


def test_a_polygon_becomes_an_outline():
    (outline,) = geojson.read(file(feature([RING], name="Nyamagana", pcode="TZ1901")))

    assert (outline.name, outline.codes) == ("Nyamagana", ("TZ1901",))
    assert outline.geometry == {"type": "MultiPolygon", "coordinates": [[RING]]}


def test_a_coast_of_many_points_is_thinned_and_stays_closed():
    ring = [[30 + n / 100_000, -2.0] for n in range(20_000)]
    (outline,) = geojson.read(file(feature([[*ring, ring[0]]], name="Ukerewe")))

    kept = outline.geometry["coordinates"][0][0]
    assert len(kept) <= geojson.MOST_POINTS + 1
    assert kept[0] == kept[-1]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no", "not_geojson"),
        (b"{}", "not_geojson"),
        (b"[1]", "not_geojson"),
        (file(), "no_outlines"),
        (file(feature([33, -2], "Point")), "no_outlines"),
        (file(feature([[[500000, 9700000]] * 4])), "bad_position"),
        (file(feature([[1, 2]])), "bad_position"),
    ],
)
def test_what_is_no_outline_says_why(content, code):
    with pytest.raises(Unreadable) as caught:
        geojson.read(content)

    assert caught.value.code == code


@given(st.recursive(st.none() | st.floats(allow_nan=False) | st.text(max_size=3), st.lists, max_leaves=8))
def test_any_coordinates_are_an_outline_or_unreadable(coordinates):
    with suppress(Unreadable):
        geojson.read(file(feature(coordinates, "MultiPolygon")))
