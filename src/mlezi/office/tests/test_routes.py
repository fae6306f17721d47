"""The month's visits as rounds: days, vehicles, opening hours, nights away; best found and its bound are told apart."""

import pytest

from mlezi.office.pictures import routes

pytest.importorskip("pyvrp")

MARCH = "?month=2030-03"


@pytest.fixture
def planned(world, month, sign_in):
    """Visits at Igoma and, seven hours away, at Kisesa."""
    for place, spot in ((world.igoma, (-2.53, 33.0)), (world.kisesa, (-1.9, 34.6))):
        place.latitude, place.longitude = spot
        place.save()
    chiku = sign_in("chiku")
    for place in (world.igoma, world.kisesa):
        chiku.post(f"/mwanza/plan/add/{place.code}{MARCH}", {"day": "2030-03-05"})
    return chiku


def test_a_coordinator_reads_who_drives_where_and_where_one_sleeps(planned, world):
    page = planned.get(f"/mwanza/plan/routes/{MARCH}&nights=2&vehicles=2").content.decode()

    assert "The best plan found takes" in page
    assert "No plan at all can do with fewer than" in page or "No plan can do with fewer" in page
    assert world.igoma.name in page
    assert "nights at" in page
    assert "Routes" in planned.get(f"/mwanza/plan/{MARCH}").content.decode()


def test_what_cannot_be_reached_is_named_and_the_rest_is_planned(planned, world):
    page = planned.get(f"/mwanza/plan/routes/{MARCH}&nights=0&base={world.igoma.code}").content.decode()

    assert f"Cannot be visited with these hours and nights: {world.kisesa.name}." in " ".join(page.split())
    assert "Day 1, vehicle 1" in page


def test_a_place_that_nobody_located_is_named(planned, world):
    world.kisesa.latitude = world.kisesa.longitude = None
    world.kisesa.save()
    page = planned.get(f"/mwanza/plan/routes/{MARCH}").content.decode()

    assert f"nobody wrote down where they are: {world.kisesa.name}." in " ".join(page.split())


def test_numbers_out_of_bounds_are_brought_within_them():
    assert routes.numbers({"vehicles": "99", "nights": "-1", "hours": "x", "minutes": "9" * 30}) == {
        "vehicles": 10,
        "nights": 2,
        "leaves": 8,
        "hours": 9,
        "opens": 8,
        "closes": 16,
        "minutes": 120,
    }


def test_daudi_plans_no_routes_here(sign_in, world):
    assert sign_in("daudi").get(f"/mwanza/plan/routes/{MARCH}").status_code in (403, 404)
