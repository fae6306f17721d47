"""One pair ends: the coordinator has the next proposal for this mentee before the page has loaded."""

import re

import pytest

from mlezi.matching.models import Request, Round
from mlezi.pairing import actions as pairing
from mlezi.pairing.models import Pairing
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import rounds as make


@pytest.fixture
def pair(world):
    """Rehema is with Zawadi; Yusufu and Upendo have places, Yusufu being nearer."""
    (rehema,) = make.mentees(world, "Rehema")
    (zawadi,) = make.mentors(world, "Zawadi")
    make.mentors(world, "Yusufu", places=1)
    make.mentors(world, "Upendo", places=1, at=world.kisesa)
    common = {"programme": world.programme, "by": world.chiku, "at": MORNING}
    return pairing.pair(guide=zawadi, learner=rehema, on=MORNING.date(), **common)


def ended(chiku, pair, **more):
    return chiku.post(f"/mwanza/pairings/{pair.uid}/end/", {"on": "2026-03-31", "reason": "moved", **more})


def test_ending_a_pair_shows_the_next_mentor_at_once(world, sign_in, pair):
    chiku = sign_in("chiku")
    assert 'name="looks_on"' in chiku.get(f"/mwanza/pairings/{pair.uid}/end/").content.decode()

    answer = ended(chiku, pair, looks_on="on")

    round_ = Round.objects.get()
    scenario = round_.scenarios.get()
    assert answer.headers["Location"] == f"/mwanza/matching/{round_.uid}/1/"
    assert make.pairs(scenario) == {("Rehema", "Yusufu")}
    assert scenario.summary["is_optimal"]
    page = re.sub(r"\s+", " ", chiku.get(answer.headers["Location"]).content.decode())
    assert "Next for Rehema" in page
    assert "Rehema with Yusufu" in page
    assert not Request.objects.exists()  # a draft: nobody was asked

    make.signed(world)
    chiku.post(f"{answer.headers['Location']}publish/")
    assert [row.mentor.name for row in Request.objects.all()] == ["Yusufu"]


def test_ending_without_a_wish_for_another_makes_no_round(sign_in, pair):
    assert ended(sign_in("chiku"), pair).headers["Location"] == "/mwanza/pairings/"
    assert not Round.objects.exists()


def test_where_there_is_no_other_mentor_the_pair_still_ends(world, sign_in, pair):
    world.programme.enrolments.filter(part="mentor").exclude(person=pair.guide).update(to_on=MORNING.date())

    assert ended(sign_in("chiku"), pair, looks_on="on").headers["Location"] == "/mwanza/pairings/"
    assert Pairing.objects.get().to_on is not None
