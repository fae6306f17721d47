"""A lake is wide: a few kilometres of water cost hours."""

import numpy as np
import pytest

from mlezi.methods.routing.lake_victoria import CROSSINGS, KISORYA, OURS, RUGEZI, land_of
from mlezi.methods.routing.travel import Crossing, Port, Roads, kilometres, minutes_between


def test_two_points_a_few_kilometres_apart_over_water_are_hours_apart():
    latitude, longitude = np.array([-2.110, -2.118, -2.135]), np.array([33.190, 33.250, 33.260])
    minutes = minutes_between(latitude, longitude, ["Ukerewe", "mainland", "mainland"], crossings=CROSSINGS)
    assert kilometres(latitude[:1], longitude[:1], latitude[1:2], longitude[1:2])[0, 0] < 8
    assert minutes[0, 1] > 90
    assert minutes[1, 2] < 10


def test_without_a_crossing_there_is_no_way_at_all():
    minutes = minutes_between(np.array([-2.1, -2.1]), np.array([33.1, 33.3]), ["Ukerewe", "mainland"])
    assert np.isinf(minutes[0, 1])
    assert minutes[0, 0] == 0


def test_the_wait_is_half_the_time_between_sailings():
    here, there = Port("a", 0, 0, "one"), Port("b", 0, 1, "two")
    boat = Crossing(here, there, minutes=30, sailings=4)
    minutes = minutes_between(
        np.zeros(2), np.array([0.0, 1.0]), ["one", "two"], crossings=[boat], roads=Roads(day_minutes=720)
    )
    assert minutes[0, 1] == pytest.approx(30 + 90)


def test_islands_are_chained_and_the_table_is_symmetric():
    ports = [Port(name, 0, k * 0.1, name) for k, name in enumerate("abc")]
    boats = [Crossing(a, b, minutes=20, sailings=12) for a, b in zip(ports, ports[1:], strict=False)]
    minutes = minutes_between(np.zeros(3), np.array([0, 0.1, 0.2]), list("abc"), crossings=boats)
    assert minutes[0, 2] == pytest.approx(2 * (20 + 30))
    assert np.allclose(minutes, minutes.T)


def test_roads_follow_the_globe():
    # One degree of latitude is 111.2 km; at 40 km/h and a factor of 1.3 that takes 217 minutes.
    minutes = minutes_between(np.array([0.0, 1.0]), np.zeros(2), ["m", "m"])
    assert minutes[0, 1] == pytest.approx(111.195 * 1.3 / 40 * 60, rel=1e-4)


def test_the_shipped_table_says_that_it_is_ours():
    assert all(crossing.source == OURS for crossing in CROSSINGS)
    assert land_of(RUGEZI.latitude, RUGEZI.longitude) == "Ukerewe"
    assert land_of(KISORYA.latitude, KISORYA.longitude) == "mainland"
    assert land_of(-2.505, 32.901) == "mainland"
