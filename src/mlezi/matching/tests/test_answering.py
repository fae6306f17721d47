"""Requests and their answers. Each test is a complaint of users of other software, turned round."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from mlezi.audit.models import Event
from mlezi.matching import problems
from mlezi.matching.actions import answering, profiles, publishing
from mlezi.matching.models import Profile, Request
from mlezi.matching.queries import waiting
from mlezi.matching.settings import Settings
from mlezi.pairing import actions as pairing
from mlezi.pairing.models import Pairing
from mlezi.programmes import queries as programmes
from mlezi.programmes.permissions import Permission as P
from mlezi.testing import cast
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import rounds as make
from mlezi.testing.makers.rounds import FROM

LATER = MORNING + timedelta(days=3)


def published(world, mentees, mentors, **more):
    make.signed(world)
    scenario = make.worked_out(world, make.round_of(world, mentees, mentors, **more))
    return publishing.publish(scenario=scenario, by=world.chiku, at=MORNING)


@pytest.fixture
def asked(world):
    """Rehema and Grace are proposed to Zawadi, who has two places."""
    return published(world, make.mentees(world, "Rehema", "Grace"), make.mentors(world, "Zawadi", places=2))


def accept(request, **more):
    return answering.accept(request=request, by=request.mentor, at=LATER, **more)


def test_a_mentor_accepts_and_the_pair_begins_on_the_rounds_day(world, asked):
    pair = accept(asked[0])

    assert pair.from_on == FROM
    assert Request.objects.get(pk=asked[0].pk).pairing == pair


def test_only_the_mentor_who_was_asked_answers(world, asked):
    with pytest.raises(problems.NotYourAnswer):
        answering.accept(request=asked[0], by=world.chiku, at=LATER)


def test_a_mentor_with_room_for_one_cannot_accept_two(world, asked):
    profiles.agree(person=asked[0].mentor, programme=world.programme, places=1, by=world.chiku, at=LATER)
    accept(asked[0])

    with pytest.raises(problems.NoPlace):
        accept(asked[1])


def test_people_supported_in_other_programmes_count_when_it_is_answered(world, asked):
    zawadi = asked[0].mentor
    profiles.describe(person=zawadi, total_places=2, by=zawadi, at=LATER)
    for name in ("Far", "Farther"):
        stranger = make.enrolled(world, name, "mentee")
        pairing.pair(guide=zawadi, learner=stranger, programme=world.other, on=FROM, by=world.daudi, at=LATER)

    with pytest.raises(problems.NoPlace):
        accept(asked[0])


def test_a_mentor_says_with_the_answer_that_nobody_more_can_come(world, asked):
    accept(asked[0], stays_open=False, away_until=FROM + timedelta(days=60))

    profile = Profile.objects.get(person=asked[0].mentor)
    assert not profile.is_open
    with pytest.raises(problems.NotOpen):
        accept(asked[1])


def test_declining_gives_a_reason_and_puts_the_mentee_first_on_the_list(world, asked):
    make.mentees(world, "Patient")
    answering.decline(request=asked[0], by=asked[0].mentor, at=LATER, reason="far")

    scope = programmes.scope_of(world.chiku, P.MANAGE_PAIRINGS, programme=world.programme)
    listed = waiting.listed(scope, world.programme, on=FROM)

    assert [row.person.name for row in listed][:2] == [asked[0].mentee.name, "Baraka"]
    assert listed[0].left_out == 1
    assert "Patient" in {row.person.name for row in listed}


def test_a_request_that_is_not_answered_lapses_by_itself(world, asked):
    event = Event.objects.get(name="requests.sent")
    assert event.run_after.date() == (MORNING + timedelta(days=15)).date()

    late = MORNING + timedelta(days=16)
    with pytest.raises(problems.AnsweredAlready):
        answering.accept(request=asked[0], by=asked[0].mentor, at=late)
    assert answering.expire(round_id=asked[0].round_id, at=late) == 2
    assert answering.expire(round_id=asked[0].round_id, at=late) == 0
    assert set(Request.objects.values_list("answer", flat=True)) == {"expired"}


def test_nothing_lapses_before_its_last_day(world, asked):
    assert answering.expire(round_id=asked[0].round_id, at=MORNING + timedelta(days=14)) == 0


def test_who_said_no_is_not_asked_again_for_the_same_person(world, asked):
    answering.decline(request=asked[0], by=asked[0].mentor, at=LATER)
    (other,) = make.mentors(world, "Yusufu", places=1)

    again = make.worked_out(world, make.round_of(world, [asked[0].mentee], [asked[0].mentor, other]))

    assert make.pairs(again) == {(asked[0].mentee.name, "Yusufu")}


def test_a_mentee_takes_a_request_back_before_it_is_answered(world, asked):
    answering.withdraw(request=asked[0], by=asked[0].mentee, at=LATER)

    with pytest.raises(problems.AnsweredAlready):
        accept(asked[0])


def test_a_round_is_published_once_and_only_while_it_holds(world, asked):
    scenario = asked[0].round.published
    with pytest.raises(problems.IsPublished):
        publishing.publish(scenario=scenario, by=world.chiku, at=LATER)

    people, mentors = make.mentees(world, "Halima"), make.mentors(world, "Upendo", places=1)
    stale = make.worked_out(world, make.round_of(world, people, mentors))
    profiles.open_up(person=mentors[0], is_open=False, by=mentors[0], at=LATER)
    with pytest.raises(problems.Stale):
        publishing.publish(scenario=stale, by=world.chiku, at=LATER)


def test_a_round_for_everybody_moves_few_and_ends_nobody_without_a_successor(world):
    moved = moved_to_yusufu(world)

    assert moved.mentor.name == "Yusufu"
    old = Pairing.objects.get(learner=moved.mentee, guide__name="Zawadi")
    assert old.to_on is None
    accept(moved)
    old.refresh_from_db()
    assert (old.to_on, old.reason) == (FROM - timedelta(days=1), "new_round")
    assert Pairing.objects.filter(to_on=None).count() == 2


@pytest.mark.parametrize("answer", ["declined", "expired", "withdrawn"])
def test_until_the_new_mentor_says_yes_the_old_one_stays(world, answer):
    """A mentee lost a mentor because somebody else had not answered."""
    moved = moved_to_yusufu(world)

    if answer == "declined":
        answering.decline(request=moved, by=moved.mentor, at=LATER)
    elif answer == "withdrawn":
        answering.withdraw(request=moved, by=world.chiku, at=LATER)
    else:
        answering.expire(round_id=moved.round_id, at=MORNING + timedelta(days=16))

    assert Pairing.objects.get(learner=moved.mentee).to_on is None
    assert waiting.left_out([moved.mentee_id], world.programme)[moved.mentee_id] == 0


def test_a_pair_made_after_publishing_is_not_ended_by_it(world):
    moved = moved_to_yusufu(world)
    pairing.pair(guide=world.amina, learner=moved.mentee, programme=world.programme, on=FROM, by=world.chiku, at=LATER)

    answering.accept(request=moved, by=moved.mentor, at=LATER + timedelta(hours=1))

    running = Pairing.objects.filter(learner=moved.mentee, to_on=None).values_list("guide__name", flat=True)
    assert set(running) == {"Yusufu", "Amina"}


def test_a_place_that_a_round_gave_on_can_be_taken_before_it_is_empty(world):
    """Two swap mentors who are both full: neither answer has to wait for the other."""
    rehema, grace = make.mentees(world, "Rehema", at=world.kisesa), make.mentees(world, "Grace")
    zawadi, yusufu = make.mentors(world, "Zawadi", places=1), make.mentors(world, "Yusufu", places=1, at=world.kisesa)
    common = {"programme": world.programme, "on": MORNING.date(), "by": world.chiku, "at": MORNING}
    pairing.pair(guide=zawadi[0], learner=rehema[0], **common)
    pairing.pair(guide=yusufu[0], learner=grace[0], **common)

    make.signed(world)
    round_ = make.round_of(world, [*rehema, *grace], [*zawadi, *yusufu], replaces=True)
    nearest = Settings(weights={"travel_time": 1.0}, stay_points=0)
    for request in publishing.publish(scenario=make.worked_out(world, round_, nearest), by=world.chiku, at=MORNING):
        accept(request)

    now = Pairing.objects.filter(to_on=None).values_list("learner__name", "guide__name")
    assert set(now) == {("Rehema", "Yusufu"), ("Grace", "Zawadi")}


def moved_to_yusufu(world):
    """Grace and Rehema are with Zawadi, who has one place; one of them is proposed to Yusufu."""
    people = make.mentees(world, "Rehema", "Grace")
    zawadi, yusufu = make.mentors(world, "Zawadi", places=1), make.mentors(world, "Yusufu", places=2)
    for learner in people:
        pairing.pair(guide=zawadi[0], learner=learner, programme=world.programme, on=MORNING.date(), by=world.chiku,
                     at=MORNING)  # fmt: skip
    (moved,) = published(world, people, [*zawadi, *yusufu], replaces=True)
    return moved


def test_when_a_mentor_leaves_their_people_are_matched_again_and_others_stay(world):
    people = make.mentees(world, "Rehema", "Grace")
    zawadi, yusufu = make.mentors(world, "Zawadi", places=2), make.mentors(world, "Yusufu", places=3)
    common = {"programme": world.programme, "on": MORNING.date(), "by": world.chiku, "at": MORNING}
    pairing.pair(guide=zawadi[0], learner=people[0], **common)
    pairing.pair(guide=yusufu[0], learner=people[1], **common)
    world.programme.enrolments.filter(person=zawadi[0]).update(to_on=MORNING.date())

    again = make.worked_out(world, make.round_of(world, people, [*zawadi, *yusufu], replaces=True))

    kept = set(again.proposals.filter(is_kept=True).values_list("mentee__name", flat=True))
    assert make.pairs(again) == {("Rehema", "Yusufu"), ("Grace", "Yusufu")}
    assert kept == {"Grace"}


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_only_one_gets_the_last_place():
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite one writer waits for the other; the race can only be run on PostgreSQL.")
    world = cast.assemble()
    requests = published(world, make.mentees(world, "Rehema", "Grace"), make.mentors(world, "Zawadi", places=2))
    profiles.agree(person=requests[0].mentor, programme=world.programme, places=1, by=world.chiku, at=LATER)
    start, outcomes = threading.Barrier(2), []

    def answer(request):
        try:
            start.wait()
            accept(request)
            outcomes.append("accepted")
        except problems.NoPlace:
            outcomes.append("full")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["accepted", "full"]
    assert Pairing.objects.count() == 1
