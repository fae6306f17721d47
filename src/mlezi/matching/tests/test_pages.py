"""The coordinator's pages: nothing is sent before publishing, and nobody from elsewhere sees anything."""

import re

import pytest

from mlezi.audit import worker
from mlezi.matching.models import Round, Scenario
from mlezi.testing.makers import rounds as make

pytestmark = pytest.mark.one_database


@pytest.fixture
def district(world):
    people = make.mentees(world, "Rehema", "Grace", "Halima")
    near, far = make.mentors(world, "Zawadi", places=1), make.mentors(world, "Yusufu", places=1, at=world.kisesa)
    return people, [*near, *far]


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_coordinator_makes_a_round_tries_two_ways_and_compares(world, sign_in, district):
    chiku = sign_in("chiku")
    made = chiku.post(
        "/mwanza/matching/new/",
        {"title": "April", "kind": "mentor", "who": "waiting", "from_on": "2026-04-01", "answer_days": 14},
    )
    round_ = Round.objects.get()
    assert made.headers["Location"] == f"/mwanza/matching/{round_.uid}/"

    address = f"/mwanza/matching/{round_.uid}/another/"
    usual = {name: field.initial for name, field in chiku.get(address).context["form"].fields.items()}
    for title, even in (("Usual", 5), ("More even", 200)):
        given = {**usual, "title": title, "even_load_points": even, "max_travel_minutes": "", "common_language": ""}
        assert chiku.post(address, given).status_code == 302
    worker.drain()

    page = text(chiku.get(f"/mwanza/matching/{round_.uid}/"))
    assert "1. Usual" in page
    assert "2. More even" in page
    assert "Mentees served" in page
    assert "no better one exists" in page


def test_a_scenario_shows_who_is_left_over_why_and_whom_to_recruit(world, sign_in, district):
    scenario = make.worked_out(world, make.round_of(world, *district))
    chiku, at = sign_in("chiku"), f"/mwanza/matching/{scenario.round.uid}/{scenario.number}/"

    page = text(chiku.get(at))
    assert "2 of 3" in page
    assert "1 is left over" in page
    assert "one more mentee served" in page
    assert "Nothing can be worth more than" in text(chiku.get(f"{at}certificate/"))
    assert "Zawadi" in text(chiku.get(f"{at}pairs/"))
    assert b"certificate" in chiku.get(f"{at}certificate/?format=json").content


def test_a_mentee_can_be_put_with_another_mentor_by_hand(world, sign_in, district):
    scenario = make.worked_out(world, make.round_of(world, *district))
    chiku, mentee = sign_in("chiku"), district[0][0]
    at = f"/mwanza/matching/{scenario.round.uid}/{scenario.number}/{mentee.uid}/"
    assert "Yusufu" in text(chiku.get(at))

    answer = chiku.post(f"{at}choose/", {"mentor": str(district[1][1].uid), "verb": "together"})
    worker.drain()

    child = Scenario.objects.get(number=2)
    assert answer.headers["Location"].endswith("/2/")
    assert (mentee.name, "Yusufu") in make.pairs(child)
    assert "Decided by hand" in text(chiku.get(f"/mwanza/matching/{scenario.round.uid}/2/"))


def test_nothing_is_published_before_a_policy_is_signed(world, sign_in, district):
    scenario = make.worked_out(world, make.round_of(world, *district))
    chiku, at = sign_in("chiku"), f"/mwanza/matching/{scenario.round.uid}/{scenario.number}/"

    refused = chiku.post(f"{at}publish/")

    assert refused.status_code == 409
    assert "signed" in text(refused)
    assert not scenario.round.requests.exists()


def test_daudi_and_those_without_the_role_see_no_round(world, sign_in, district):
    scenario = make.worked_out(world, make.round_of(world, *district))
    at = f"/mwanza/matching/{scenario.round.uid}/{scenario.number}/"

    for name, status in (("daudi", 404), ("neema", 403), ("baraka", 403)):
        client = sign_in(name)
        for page in (f"/mwanza/matching/{scenario.round.uid}/", at, f"{at}pairs/", f"{at}certificate/?format=json"):
            assert client.get(page).status_code == status, (name, page)


def test_while_it_is_worked_out_the_page_says_so_and_can_take_the_best_so_far(world, sign_in, district):
    from mlezi.matching.actions import scenarios
    from mlezi.matching.settings import Settings
    from mlezi.testing.cast import MORNING

    asked = scenarios.ask(
        round_=make.round_of(world, *district), title="Wait", chosen=Settings(), by=world.chiku, at=MORNING
    )
    chiku, at = sign_in("chiku"), f"/mwanza/matching/{asked.round.uid}/1/"

    assert "Take the best so far" in text(chiku.get(at))
    chiku.post(f"{at}stop/")
    worker.drain()

    assert "Mentees served" in text(chiku.get(at))
