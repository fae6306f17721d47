"""What is found in order of days is what is found by place: the same rows for everybody."""

import pytest

from mlezi.encounters import queries as encounters
from mlezi.encounters.models import Encounter
from mlezi.goals import queries as goals
from mlezi.places.scope import NOTHING, Scope
from mlezi.programmes.models import Programme
from mlezi.resources import queries as resources
from mlezi.testing.makers import busy as maker


@pytest.fixture
def busy(db):
    made = maker.make(encounters=40)
    Encounter.objects.filter(pk=Encounter.objects.first().pk).update(place=None)
    return made


def scopes(busy):
    world = busy.world
    mine = frozenset({world.programme.pk})
    people = frozenset({world.amina.pk, busy.mentees[0].pk})
    country, district = ((one.path, one.path_to) for one in (world.mwanza, world.magu))
    theirs = frozenset(Programme.objects.exclude(pk=world.programme.pk).values_list("pk", flat=True))
    return {
        "nobody": NOTHING,
        "country": Scope((country,), mine),
        "district": Scope((district,), mine),
        "two parts": Scope((district, (busy.facilities[0].path, busy.facilities[0].path_to)), mine),
        "own": Scope(persons=people, programmes=mine),
        "country and own": Scope((country,), mine, people),
        "district and own": Scope((district,), mine, people),
        "Daudi": Scope((country,), theirs, frozenset()),
    }


SEEN = {
    "encounters": encounters.visible_to,
    "actions": goals.visible_to,
    "needs": resources.needs_visible_to,
}


@pytest.mark.parametrize("what", SEEN)
def test_both_ways_find_the_same(busy, what):
    found = {}
    for name, scope in scopes(busy).items():
        by_place, by_day = ({row.pk for row in SEEN[what](scope, by_day=by_day)} for by_day in (False, True))
        assert by_place == by_day, name
        found[name] = by_place

    assert found["nobody"] == found["Daudi"] & found["country and own"] == set()
    assert found["district"] < found["country"]
    assert found["country"] <= found["country and own"]


def test_a_scope_covers_what_lies_in_one_of_its_ranges(busy):
    world = busy.world
    both = Scope(((world.magu.path, world.magu.path_to), (world.nyamagana.path, world.nyamagana.path_to)))

    assert both.covers(world.magu.path, world.magu.path_to)
    assert both.covers(world.igoma.path, world.igoma.path_to)
    assert not both.covers(world.mwanza.path, world.mwanza.path_to)
    assert not NOTHING.covers(world.igoma.path, world.igoma.path_to)
