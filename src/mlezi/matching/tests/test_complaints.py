"""Complaints of users of other software that no other file answers; docs/explanation/complaints-about-matching.md."""

from datetime import timedelta

from mlezi.matching.actions import answering, profiles, publishing
from mlezi.matching.models import Request
from mlezi.matching.settings import Settings
from mlezi.pairing import actions as pairing
from mlezi.programmes.models import RoleAssignment
from mlezi.testing import cast
from mlezi.testing.cast import MORNING, START
from mlezi.testing.makers import rounds as make

WAITING = Settings(weights={"languages": 1.0}, stay_points=0)


def test_who_was_left_out_before_comes_before_who_waits_a_little_longer(world):
    """Waitlist instead of refusal, with priority for those left out."""
    make.signed(world)
    longer, left = make.mentees(world, "Longer", "Left")
    world.programme.enrolments.filter(person=left).update(from_on=START + timedelta(days=20))
    (busy, mentor) = make.mentors(world, "Busy", "Zawadi", places=1)
    (asked,) = publishing.publish(
        scenario=make.worked_out(world, make.round_of(world, [left], [busy])), by=world.chiku, at=MORNING
    )
    answering.decline(request=asked, by=busy, at=MORNING)

    scenario = make.worked_out(world, make.round_of(world, [longer, left], [mentor]), WAITING)

    assert make.pairs(scenario) == {("Left", "Zawadi")}


def test_who_did_not_turn_up_to_a_mentor_comes_after_who_did(world):
    """Lower priority for no-shows."""
    absent, new = make.mentees(world, "Absent", "Anew")
    before, mentor = make.mentors(world, "Before", "Zawadi", places=1)
    common = {"programme": world.programme, "by": world.chiku, "at": MORNING}
    pair = pairing.pair(guide=before, learner=absent, on=START, **common)
    pairing.end(pairing=pair, on=START, reason="no_show", by=world.chiku, at=MORNING)

    scenario = make.worked_out(world, make.round_of(world, [absent, new], [mentor]), WAITING)

    assert make.pairs(scenario) == {("Anew", "Zawadi")}


def test_a_previous_mentor_is_preferred_but_not_overloaded(world):
    """Prefer the previous mentor, without overloading a few."""
    people = make.mentees(world, "Rehema", "Grace", "Halima", "Juma")
    loved, other = make.mentors(world, "Loved", places=2), make.mentors(world, "Other", places=4)
    for learner in people:
        pair = pairing.pair(guide=loved[0], learner=learner, on=START, programme=world.programme, by=world.chiku,
                            at=MORNING)  # fmt: skip
        pairing.end(pairing=pair, on=START, reason="moved", by=world.chiku, at=MORNING)

    scenario = make.worked_out(world, make.round_of(world, people, [*loved, *other]), Settings(stay_points=900))

    assert dict(scenario.loads.values_list("mentor__name", "filled")) == {"Loved": 2, "Other": 2}


def test_a_second_coordinator_goes_on_where_the_first_stopped(world, sign_in):
    """Do not depend on one coordinator."""
    make.signed(world)
    world.people["salma"] = cast.person("Salma")
    RoleAssignment.objects.create(
        person=world.people["salma"], programme=world.programme, role="coordinator", place=world.mwanza, from_on=START
    )
    scenario = make.worked_out(
        world, make.round_of(world, make.mentees(world, "Rehema"), make.mentors(world, "Zawadi"))
    )
    salma, at = sign_in("salma"), f"/mwanza/matching/{scenario.round.uid}/"

    assert "First" in salma.get(at).content.decode()
    assert salma.post(f"{at}1/publish/").status_code == 302
    assert Request.objects.get().mentor.name == "Zawadi"


def test_who_left_the_programme_is_not_shown_to_wish_for(world, sign_in):
    """Drop dead profiles."""
    stays, left = make.mentors(world, "Zawadi", "Yusufu")
    world.programme.enrolments.filter(person=left).update(to_on=START)

    page = sign_in("baraka").get("/mwanza/matching/mine/wishes/").content.decode()

    assert stays.name in page
    assert left.name not in page


def test_one_mentor_has_many_mentees_and_one_mentee_several_mentors(world):
    """One-to-many."""
    people = make.mentees(world, *(f"Mentee {n}" for n in range(10)))
    profiles.agree(person=people[0], programme=world.programme, wants=2, by=people[0], at=MORNING)
    mentors = [*make.mentors(world, "Zawadi", places=10), *make.mentors(world, "Yusufu", places=1)]

    scenario = make.worked_out(world, make.round_of(world, people, mentors))

    assert dict(scenario.loads.values_list("mentor__name", "filled")) == {"Zawadi": 10, "Yusufu": 1}
    assert {mentor for mentee, mentor in make.pairs(scenario) if mentee == "Mentee 0"} == {"Zawadi", "Yusufu"}
