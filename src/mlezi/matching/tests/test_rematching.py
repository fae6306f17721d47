"""A pair ends, or a mentor leaves: the coordinator has the next proposals."""

import re
from datetime import date

import pytest

from mlezi.audit import worker
from mlezi.matching.actions import answering, publishing, rematching
from mlezi.matching.models import Request, Round
from mlezi.pairing import actions as pairing
from mlezi.pairing.models import Pairing
from mlezi.programmes.actions import enrolments
from mlezi.programmes.models import Enrolment
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


@pytest.fixture
def leaving(world):
    """Zawadi has three mentees, one of whom has a second mentor; Yusufu and Upendo have a place each."""
    people = make.mentees(world, "Rehema", "Grace", "Halima")
    (zawadi,) = make.mentors(world, "Zawadi", places=5)
    yusufu, _ = make.mentors(world, "Yusufu", places=2), make.mentors(world, "Upendo", places=1, at=world.kisesa)
    common = {"programme": world.programme, "by": world.chiku, "at": MORNING}
    for learner in people:
        pairing.pair(guide=zawadi, learner=learner, on=MORNING.date(), **common)
    pairing.pair(guide=yusufu[0], learner=people[2], on=MORNING.date(), **common)
    return zawadi


def test_a_mentor_who_will_leave_keeps_each_mentee_until_somebody_new_says_yes(world, sign_in, leaving):
    make.signed(world)
    chiku, running = sign_in("chiku"), Pairing.objects.filter(to_on=None)
    assert "Find others" in chiku.get("/mwanza/matching/mentors/").content.decode()

    answer = chiku.post(f"/mwanza/matching/people/{leaving.uid}/leaves/", {"last_on": "2026-04-30"})
    assert "are being looked for" in chiku.get(answer.headers["Location"]).content.decode()
    while worker.run_once():
        pass
    scenario = Round.objects.get().scenarios.get()
    chiku.post(f"{answer.headers['Location']}publish/")

    assert {mentee for mentee, _ in make.pairs(scenario)} == {"Rehema", "Grace"}  # Halima still has Yusufu
    assert not {mentor for _, mentor in make.pairs(scenario)} & {"Zawadi"}
    assert scenario.summary["is_optimal"]
    assert running.count() == 4  # asked, and nobody has said yes
    asked, other = Request.objects.order_by("pk")
    answering.accept(request=asked, by=asked.mentor, at=MORNING)
    assert not running.filter(guide=leaving, learner=asked.mentee).exists()
    assert running.filter(guide=leaving).count() == 2
    answering.decline(request=other, by=other.mentor, at=MORNING)
    assert running.filter(guide=leaving, learner=other.mentee).exists()


def test_the_mentees_of_a_mentor_who_stopped_are_proposed_anew_by_themselves(world, leaving):
    make.signed(world)
    (asked,) = publishing.publish(
        scenario=make.worked_out(world, make.round_of(world, make.mentees(world, "Asha"), [leaving])),
        by=world.chiku, at=MORNING,
    )  # fmt: skip
    enrolment = Enrolment.objects.get(person=leaving)
    enrolments.end(enrolment=enrolment, on=date(2026, 4, 30), reason="studies", by=world.chiku, at=MORNING)

    for _ in range(2):  # what is done twice makes no second draft
        while worker.run_once():
            pass
        rematching.after_leaving(enrolment=Enrolment.objects.get(pk=enrolment.pk), by=world.chiku, at=MORNING)

    round_ = Round.objects.get(published_at=None)
    assert round_.title == "After Zawadi stopped"
    asked.refresh_from_db()
    assert asked.answer == "withdrawn"
    # Halima still has Yusufu, who has one place left; Asha was asked about, and is looked after, too.
    members = round_.members.filter(side="mentee").values_list("person__name", flat=True)
    assert set(members) == {"Rehema", "Grace", "Asha"}
    scenario = round_.scenarios.get()
    assert scenario.is_done
    assert {mentor for _, mentor in make.pairs(scenario)} == {"Amina", "Yusufu", "Upendo"}


def test_a_mentor_without_mentees_leaves_without_a_round(world, sign_in, leaving):
    upendo = world.people["upendo"]
    answer = sign_in("chiku").post(f"/mwanza/matching/people/{upendo.uid}/leaves/", {"last_on": "2026-04-30"})
    assert answer.status_code == 400
    assert not Round.objects.exists()


def test_daudi_finds_nobody_for_the_mentees_of_another_programme(sign_in, leaving):
    assert sign_in("daudi").get(f"/mwanza/matching/people/{leaving.uid}/leaves/").status_code in (403, 404)
