"""A round by a policy: pairs that hold, few changes, groups of a least size, help first; and its effect seen before."""

import re

import pytest

from mlezi.matching.models import Scenario
from mlezi.matching.settings import Settings
from mlezi.pairing import actions as pairing
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import rounds as make

ONLY_WAY = {**dict.fromkeys(Settings().weights, 0.0), "travel_time": 1.0}


@pytest.fixture
def district(world):
    """Four mentees at Igoma; Zawadi works there and has two places, Yusufu at Kisesa has three."""
    people = make.mentees(world, "Rehema", "Grace", "Halima", "Juma")
    return people, [*make.mentors(world, "Zawadi"), *make.mentors(world, "Yusufu", places=3, at=world.kisesa)]


def test_pairs_that_hold_say_what_they_cost(world, district):
    scenario = make.worked_out(world, make.round_of(world, *district), Settings(weights=ONLY_WAY, method="stable"))

    assert scenario.summary["served"] == 4
    assert scenario.summary["verified"]
    assert 0 <= scenario.summary["stability_price"] < 1


def test_a_group_opens_only_with_enough_people_and_who_is_left_is_told(world, district):
    chosen = Settings(weights=ONLY_WAY, least_group=3)
    scenario = make.worked_out(world, make.round_of(world, *district), chosen)

    assert {row.filled for row in scenario.loads.all()} == {0, 3}
    assert scenario.summary["groups"]["opened"] == 1
    assert scenario.summary["verified"]
    (left,) = scenario.left_over.all()
    assert "unmatched.policy" in [reason["code"] for reason in left.reasons]


def test_no_more_present_pairs_change_than_allowed(world, district):
    (mentees, (zawadi, yusufu)) = district
    for learner in mentees[:2]:
        pairing.pair(guide=yusufu, learner=learner, programme=world.programme, on=MORNING.date(), by=world.chiku,
                     at=MORNING)  # fmt: skip
    round_ = make.round_of(world, mentees[:2], [zawadi, yusufu], replaces=True)
    common = {"weights": ONLY_WAY, "stay_points": 0, "even_load_points": 0}

    free = make.worked_out(world, round_, Settings(**common))
    held = make.worked_out(world, round_, Settings(**common, max_moves=1))

    assert free.summary["kept"] == 0
    assert held.summary["kept"] >= 1
    assert held.summary["moves"]["moved"] <= 1
    assert held.summary["verified"]


def test_those_far_away_are_helped_within_what_may_be_given_up(world, district, monkeypatch):
    from mlezi.matching import policies

    monkeypatch.setattr(policies, "FAR_MINUTES", 0)  # of two sites, every other mentor is far
    (zawadi, yusufu) = district[1]
    near, far = district[0][:2], make.mentees(world, "Upendo", at=world.kisesa)
    scenario = make.worked_out(
        world,
        make.round_of(world, [*near, *far], [zawadi]),
        Settings(weights=ONLY_WAY, help_whom="far", help_budget=60),
    )

    assert "Upendo" in {mentee for mentee, _ in make.pairs(scenario)}
    assert scenario.summary["helped"]["n"] == 1
    assert "group" not in scenario.summary["helped"]  # one person is no group to tell figures of
    assert scenario.summary["verified"]


def test_the_effect_of_other_numbers_is_seen_before_anything_is_kept(world, sign_in, district):
    round_ = make.round_of(world, *district)
    make.worked_out(world, round_)
    chiku, address = sign_in("chiku"), f"/mwanza/matching/{round_.uid}/another/"
    usual = {name: field.initial for name, field in chiku.get(address).context["form"].fields.items()}
    usual = {name: "" if value is None or value is False else value for name, value in usual.items()}

    seen = chiku.post(address, {**usual, "max_mentees": 1, "even_load_points": 200, "look": "1"})
    page = " ".join(re.sub(r"<[^>]+>", " ", seen.content.decode()).split())
    assert "These numbers" in page
    assert "4 of 4" in page
    assert Scenario.objects.count() == 1

    both = chiku.post(address, {**usual, "method": "stable", "least_group": 3})
    assert both.status_code == 400
    assert "one at a time" in both.content.decode()
