"""Rounds make every visit once, in opening hours, within the day, and sleep where the day ends."""

import numpy as np
import pytest

from mlezi.methods.routing.visits import CannotReach, Terms, Visit, cut, plan

pytest.importorskip("pyvrp")


def spread(n, seed=3, reach=120):
    dice = np.random.default_rng(seed)
    spots = dice.uniform(-reach, reach, (n, 2))
    spots[0] = 0
    return np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1))


def holds(result, visits, minutes, terms):
    wanted = {v.site: v for v in visits}
    seen = [stop.site for way in result.rounds for stop in way.stops]
    assert sorted(seen) == sorted(wanted)
    for way in result.rounds:
        assert len(way.nights) == way.days - 1 <= terms.nights
        clock, day, here = 0, 0, terms.base
        for stop in way.stops:
            visit = wanted[stop.site]
            assert stop.ends - stop.starts == visit.minutes
            assert visit.opens <= stop.starts <= stop.ends <= min(visit.closes, terms.day)
            gone = (stop.day - day) * terms.day + stop.starts - clock
            assert gone >= minutes[here, stop.site] - 1
            clock, day, here = stop.ends, stop.day, stop.site
        assert (way.days - 1 - day) * terms.day + terms.day - clock >= minutes[here, terms.base] - 1


def test_every_site_once_within_the_day():
    minutes, terms = spread(31), Terms(base=0)
    visits = [Visit(site, 120, opens=30, closes=480) for site in range(1, 31)]
    result = plan(visits, minutes, terms, iterations=300)
    holds(result, visits, minutes, terms)
    assert result.least_days <= result.days
    assert result.days < 30
    assert 0 <= result.gap < 1


def test_the_same_seed_gives_the_same_plan():
    minutes, terms = spread(15), Terms(base=0)
    visits = [Visit(site, 90) for site in range(1, 15)]
    assert plan(visits, minutes, terms, seed=5, iterations=100) == plan(visits, minutes, terms, seed=5, iterations=100)


def test_a_far_site_means_a_night_away():
    minutes = spread(6, reach=60)
    minutes[5, :5] = minutes[:5, 5] = 300
    visits = [Visit(site, 120) for site in range(1, 6)]
    terms = Terms(base=0)
    result = plan(visits, minutes, terms, iterations=100)
    holds(result, visits, minutes, terms)
    assert sum(len(way.nights) for way in result.rounds) == 1


def test_a_site_that_is_never_open_long_enough_is_named():
    minutes = spread(3, reach=60)
    with pytest.raises(CannotReach) as trouble:
        plan([Visit(1, 60), Visit(2, 120, opens=100, closes=150)], minutes, Terms(base=0))
    assert trouble.value.sites == [2]


def test_a_visit_is_never_cut_by_the_night():
    minutes = np.array([[0, 400], [400, 0]])
    way = cut([Visit(1, 200)], minutes, Terms(base=0, day=540))
    assert [(stop.day, stop.starts) for stop in way.stops] == [(1, 0)]
    assert way.days == 3
    assert way.nights == (1, 1)


def test_small_plans_are_as_good_as_trying_every_order():
    from itertools import permutations

    minutes, terms = spread(6, reach=40), Terms(base=0, day=2000)
    visits = [Visit(site, 30) for site in range(1, 6)]
    result = plan(visits, minutes, terms, iterations=200)
    whole = np.ceil(minutes)
    best = min(sum(whole[a, b] for a, b in zip((0, *way), (*way, 0), strict=True)) for way in permutations(range(1, 6)))
    assert [way.driving for way in result.rounds] == [best]


def test_vehicles_are_never_on_two_rounds_at_once():
    minutes, terms = spread(25), Terms(base=0, vehicles=3)
    result = plan([Visit(site, 120) for site in range(1, 25)], minutes, terms, iterations=200)
    for vehicle in range(3):
        busy = [way.begins + day for way in result.rounds if way.vehicle == vehicle for day in range(way.days)]
        assert busy
        assert len(busy) == len(set(busy))
