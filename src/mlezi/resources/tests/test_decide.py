"""Needs stay open until seen or decided met; rates hold by place and day; spending is an amount of money."""

from datetime import UTC, date, datetime

import pytest

from mlezi.places.scope import Scope
from mlezi.resources import actions, problems, queries
from mlezi.resources.models import Rate
from mlezi.testing.makers.records import Records

NOON = datetime(2026, 3, 9, 9, tzinfo=UTC)


@pytest.fixture
def here(world):
    place = world.igoma
    return Scope(ranges=((place.path, place.path_to),), programmes=frozenset({world.programme.pk}))


@pytest.fixture
def need(world):
    return Records(world.programme).need(world.igoma, "bag_mask", date(2026, 2, 1))


def test_a_need_is_open_until_somebody_says_it_is_met(need, here, world):
    assert queries.still_open(queries.needs_visible_to(here)).count() == 1

    actions.decide(need_id=need.pk, outcome="met", by=world.eliya, at=NOON, scope=here)

    assert queries.still_open(queries.needs_visible_to(here)).count() == 0


def test_a_need_seen_met_later_is_not_open(world, here):
    Records(world.programme).need(world.igoma, "doll", date(2026, 2, 1), met=date(2026, 3, 1))

    assert not queries.still_open(queries.needs_visible_to(here)).exists()


def test_daudi_cannot_decide_about_a_need_elsewhere(need, world):
    far = Scope(ranges=((world.zambia.path, world.zambia.path_to),), programmes=frozenset({world.other.pk}))

    with pytest.raises(problems.NoSuchNeed):
        actions.decide(need_id=need.pk, outcome="met", by=world.daudi, at=NOON, scope=far)


def test_the_rate_of_the_nearest_place_holds(world):
    common = {"programme": world.programme, "code": "fuel_km", "unit": "km", "from_on": date(2026, 1, 1)}
    Rate.objects.create(amount=700, **common)
    Rate.objects.create(amount=900, place=world.magu, **common)
    rates = list(queries.rates(world.programme, on=date(2026, 2, 1)))

    assert queries.rate_at(rates, "fuel_km", world.igoma).amount == 700
    assert queries.rate_at(rates, "fuel_km", world.kisesa).amount == 900
    assert queries.rate_at(rates, "ferry", world.kisesa) is None


@pytest.mark.parametrize("amount", ["", "many", "-5", "0", "nan"])
def test_only_an_amount_above_nothing_is_spent(amount, world):
    with pytest.raises(problems.BadAmount):
        actions.note_spending(
            programme=world.programme, place=world.igoma, amount=amount, currency="TZS", on=date(2026, 3, 1),
            by=world.chiku, at=NOON,
        )  # fmt: skip
