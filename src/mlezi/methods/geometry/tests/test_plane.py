"""Frames keep everything inside, hulls hold every point, simpler lines stay near."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.geometry.plane import frame, hull, kilometres, simplified, swollen

positions = st.lists(st.tuples(st.floats(-12, 2), st.floats(29, 41)), min_size=1, max_size=30)
grid = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=40)


@given(positions)
def test_every_position_falls_inside_its_frame(points):
    made = frame(points, width=600)
    for latitude, longitude in points:
        x, y = made.onto(latitude, longitude)
        assert -0.2 <= x <= made.width + 0.2
        assert -0.2 <= y <= made.height + 0.2


@given(grid)
def test_every_point_is_left_of_every_edge_of_the_hull(points):
    ring = hull(points)
    if len(ring) < 3:
        return
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        for p in points:
            assert (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) >= 0


@given(grid, st.floats(0.1, 20))
def test_no_point_left_out_is_further_than_the_tolerance(points, tolerance):
    kept = simplified(points, tolerance)
    for p in points:
        near = min(
            (_away(p, a, b) for a, b in zip(kept, kept[1:], strict=False)),
            default=min(math.dist(p, k) for k in kept),
        )
        assert near <= tolerance + 1e-9


def _away(p, a, b):
    length = math.dist(a, b) ** 2
    t = 0 if length == 0 else max(0, min(1, sum((p[i] - a[i]) * (b[i] - a[i]) for i in (0, 1)) / length))
    return math.dist(p, [a[i] + t * (b[i] - a[i]) for i in (0, 1)])


def test_one_lonely_point_gets_an_outline_of_its_own():
    assert len(swollen([(10, 10)], 5)) == 8


def test_a_degree_of_latitude_is_about_111_kilometres():
    # IUGG mean radius 6371.0088 km: 2 * pi * R / 360 = 111.195 km.
    assert kilometres((0, 33), (1, 33)) == pytest.approx(111.195, abs=0.001)


def test_a_kilometre_in_the_picture_is_what_the_projection_says():
    made = frame([(-2.0, 33.0), (-3.0, 33.0)], width=600, margin=0, tallest=1)
    (_, top), (_, bottom) = made.onto(-2.0, 33.0), made.onto(-3.0, 33.0)
    assert made.units(111.195) == pytest.approx(bottom - top, rel=1e-3)
