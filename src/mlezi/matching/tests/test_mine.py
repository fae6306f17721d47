"""Everybody's own pages: requests, profile, wishes, a word in confidence; and the coordinator's lists beside them."""

import re
from datetime import timedelta

import pytest

from mlezi.matching.actions import answering, profiles, publishing
from mlezi.matching.models import Concern, Preference, Profile, Request, Terms
from mlezi.pairing import actions as pairing
from mlezi.pairing.models import Pairing
from mlezi.plumbing import clock
from mlezi.programmes.models import RoleAssignment
from mlezi.testing.cast import MORNING, START
from mlezi.testing.makers import rounds as make

pytestmark = pytest.mark.one_database


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def asked(world):
    """Amina, who has an account, is asked to take Baraka on, today."""
    make.signed(world)
    now = clock.now()
    common = {"by": world.chiku, "at": now}
    profiles.describe(person=world.baraka, about="Night nurse, two years in post.", slots=["mon-am"], **common)
    profiles.describe(person=world.amina, about="Midwife for twenty years.", slots=["mon-am", "tue-pm"], **common)
    scenario = make.worked_out(world, make.round_of(world, [world.baraka], [world.amina]))
    (request,) = publishing.publish(scenario=scenario, by=world.chiku, at=now)
    return request


def test_a_mentor_reads_a_short_profile_before_saying_yes(world, sign_in, asked):
    amina = sign_in("amina")

    page = text(amina.get("/mwanza/matching/mine/"))
    assert "1 request waits for your answer" in page
    assert "Night nurse, two years in post." in page
    assert "Monday morning" in page

    answer = amina.post(f"/mwanza/matching/mine/{asked.uid}/accept/", {"after": "closed"})
    assert answer.status_code == 302
    assert Pairing.objects.get().learner == world.baraka
    assert not Profile.objects.get(person=world.amina).is_open


def test_a_mentee_reads_the_mentors_profile_once_they_are_a_pair(world, sign_in, asked):
    answering.accept(request=asked, by=world.amina, at=clock.now())

    page = text(sign_in("baraka").get("/mwanza/matching/mine/"))

    assert "Midwife for twenty years." in page
    assert "Monday morning" in page


def test_a_mentor_declines_with_a_reason(world, sign_in, asked):
    sign_in("amina").post(f"/mwanza/matching/mine/{asked.uid}/decline/", {"after": "open", "reason": "far"})

    assert (Request.objects.get().answer, Request.objects.get().reason) == ("declined", "far")
    page = text(sign_in("chiku").get(f"/mwanza/matching/{asked.round.uid}/requests/"))
    assert "too far" in page


def test_nobody_answers_for_another(world, sign_in, asked):
    for name in ("baraka", "chiku", "farida"):
        client = sign_in(name)
        assert client.post(f"/mwanza/matching/mine/{asked.uid}/accept/", {"after": "open"}).status_code == 404


def test_somebody_describes_what_they_can_and_need(world, sign_in):
    world.programme.domains.create(code="newborn", title={"en": "Newborn care"}, order=1)
    given = {"about": "Here I am", "interests": "sepsis, audit", "slots": ["wed-pm"], "wants": 2, "need_newborn": 3}
    assert sign_in("baraka").post("/mwanza/matching/mine/profile/", given).status_code == 302
    given = {"is_open": "on", "places": 4, "total_places": 6, "skill_newborn": 80, "interests": "", "about": ""}
    assert sign_in("amina").post("/mwanza/matching/mine/profile/", given).status_code == 302

    mentee, mentor = Terms.objects.get(person=world.baraka), Terms.objects.get(person=world.amina)
    assert (mentee.wants, mentee.needs, mentor.places, mentor.expertise) == (2, {"newborn": 3}, 4, {"newborn": 80})
    assert Profile.objects.get(person=world.baraka).interests == ["sepsis", "audit"]


def test_before_wishing_one_sees_who_is_active_and_has_room(world, sign_in):
    (full,) = make.mentors(world, "Zawadi", places=0)
    (away,) = make.mentors(world, "Yusufu", places=3)
    profiles.open_up(person=away, is_open=False, by=away, at=MORNING)
    baraka = sign_in("baraka")

    page = text(baraka.get("/mwanza/matching/mine/wishes/"))
    assert "full" in page
    assert "takes nobody at present" in page
    assert "places, new here" in page

    baraka.post("/mwanza/matching/mine/wishes/", {f"wish_{world.amina.uid}": "1", f"wish_{full.uid}": "no"})
    assert Preference.objects.get(other=world.amina).rank == 1
    assert Preference.objects.get(other=full).rank is None


def test_whom_one_would_rather_not_work_with_is_read_by_nobody_else(world, sign_in):
    (other,) = make.mentors(world, "Zawadi")
    profiles.prefer(person=world.baraka, other=other, programme=world.programme, rank=None, by=world.baraka, at=MORNING)
    scenario = make.worked_out(world, make.round_of(world, [world.baraka], [other, world.amina]))
    at = f"/mwanza/matching/{scenario.round.uid}/{scenario.number}/"

    page = text(sign_in("chiku").get(f"{at}{world.baraka.uid}/"))

    assert "A rule of the programme forbids this pair." in page
    assert "asked not to be" not in page


def test_an_unresponsive_mentor_is_reported_in_confidence(world, sign_in, asked):
    baraka = sign_in("baraka")
    sent = baraka.post(f"/mwanza/matching/mine/{world.amina.uid}/concern/", {"kind": "silent", "text": "No answer."})
    assert sent.status_code == 302
    assert Concern.objects.get().about == world.amina

    assert "No answer." in text(sign_in("farida").get("/mwanza/matching/concerns/"))
    for name, status in (("amina", 403), ("chiku", 403), ("eliya", 403), ("neema", 403), ("daudi", 404)):
        assert sign_in(name).get("/mwanza/matching/concerns/").status_code == status, name


def test_one_reports_only_those_one_knows(world, sign_in):
    assert sign_in("baraka").get(f"/mwanza/matching/mine/{world.eliya.uid}/concern/").status_code == 404


def test_silent_mentors_stand_out_before_anybody_asks_them(world, sign_in):
    pairing.pair(
        guide=world.amina, learner=world.baraka, programme=world.programme, on=START, by=world.chiku, at=MORNING
    )
    make.mentors(world, "Zawadi")

    page = sign_in("chiku").get("/mwanza/matching/mentors/?state=silent")

    assert "not active of late" in text(page)
    assert "Zawadi" not in text(page)


def test_the_waiting_list_is_a_page_and_a_file(world, sign_in):
    make.mentees(world, "Rehema")
    chiku = sign_in("chiku")

    assert "Rehema" in text(chiku.get("/mwanza/matching/waiting/"))
    assert b"Rehema" in chiku.get("/mwanza/matching/waiting/?format=csv").content


def test_a_network_shows_who_is_missing(world, sign_in):
    common = {"programme": world.programme, "on": START, "by": world.chiku, "at": MORNING}
    for name, kind in (("Zawadi", "mentor"), ("Yusufu", "sponsor")):
        (guide,) = make.mentors(world, name)
        pairing.pair(guide=guide, learner=world.baraka, kind=kind, **common)

    page = sign_in("baraka").get("/mwanza/matching/mine/")

    missing = {str(node.title) for node in page.context["nodes"] if node.is_missing}
    assert missing == {"Coach", "Peer", "Preceptor"}


def test_a_pair_ends_without_fault_and_hands_over_to_the_next(world, sign_in):
    pair = pairing.pair(
        guide=world.amina, learner=world.baraka, programme=world.programme, on=START, by=world.chiku, at=MORNING
    )
    at = f"/mwanza/pairings/{pair.uid}/"
    amina = sign_in("amina")
    amina.post(f"{at}step/", {"step": "enable"})
    today = clock.today().isoformat()
    amina.post(f"{at}farewell/", {"on": today, "reason": "moved", "text": "Bag and mask still to practise."})
    (next_,) = make.mentors(world, "Zawadi")
    RoleAssignment.objects.create(person=next_, programme=world.programme, role="mentor", from_on=START)
    new = pairing.pair(
        guide=next_, learner=world.baraka, programme=world.programme, on=clock.today(), by=world.chiku, at=MORNING
    )

    assert "Bag and mask still to practise." in text(sign_in("zawadi").get(f"/mwanza/pairings/{new.uid}/"))
    assert Pairing.objects.get(pk=pair.pk).reason == "moved"
    for name in ("chiku", "farida", "eliya"):
        assert sign_in(name).get(f"/mwanza/pairings/{pair.uid}/").status_code == 404, name


def test_a_sponsors_acts_are_kept_with_what_came_of_them(world, sign_in):
    pair = pairing.pair(
        guide=world.amina, learner=world.baraka, kind="sponsor", programme=world.programme, on=START, by=world.chiku,
        at=MORNING,
    )  # fmt: skip
    at = f"/mwanza/pairings/{pair.uid}/"
    amina, baraka = sign_in("amina"), sign_in("baraka")
    amina.post(f"{at}act/", {"what": "nominated", "text": "for the ward committee", "on": "2026-03-02"})
    act = pair.acts.get()
    baraka.post(f"{at}act/{act.uid}/", {"outcome": "elected", "on": "2026-04-01"})

    page = text(amina.get(at))
    assert "nominated them: for the ward committee" in page
    assert "elected" in page
    assert baraka.get(f"{at}act/").status_code == 404


def test_a_request_that_is_late_is_not_shown_as_open(world, sign_in, asked):
    Request.objects.update(expires_on=clock.today() - timedelta(days=1))

    assert "wait for your answer" not in text(sign_in("amina").get("/mwanza/matching/mine/"))


def test_a_mentor_is_found_among_many_by_typing_a_name_or_a_facility(world, sign_in):
    make.mentors(world, *(f"Mentor {n:02}" for n in range(30)))
    (far,) = make.mentors(world, "Yusufu Kweka", at=world.kisesa)
    baraka, address = sign_in("baraka"), "/mwanza/matching/mine/wishes/"
    assert "more are not shown" in text(baraka.get(address))

    assert "Yusufu Kweka" in text(baraka.get(address, {"q": "kweka"}))
    assert "Mentor 01" not in text(baraka.get(address, {"q": world.kisesa.name}))

    # What was chosen is kept when one goes on searching.
    answer = baraka.post(address, {f"wish_{far.uid}": "2", "q": "Mentor 29", "search": "1"})
    page = text(baraka.get(answer.headers["Location"]))
    assert Preference.objects.get(other=far).rank == 2
    assert "What you said so far" in page
    assert "Mentor 29" in page
    assert "Mentor 01" not in page


def test_nobody_wishes_for_somebody_who_is_not_on_the_other_side(world, sign_in):
    sign_in("baraka").post("/mwanza/matching/mine/wishes/", {f"wish_{world.chiku.uid}": "1", "wish_x": "1"})

    assert not Preference.objects.exists()


def test_a_coordinator_writes_down_a_line_manager_and_orientation(world, sign_in):
    chiku, at = sign_in("chiku"), f"/mwanza/matching/people/{world.amina.uid}/"
    assert at in chiku.get("/mwanza/matching/mentors/").content.decode()

    given = {"line_manager": "Baraka", "places": "4", "oriented_on": "2026-02-01"}
    assert chiku.post(at, given).status_code == 302
    assert "own line manager" in text(chiku.post(at, {**given, "line_manager": "Amina"}))

    profile = Profile.objects.get(person=world.amina)
    assert (profile.line_manager, str(profile.oriented_on)) == (world.baraka, "2026-02-01")
    assert 'value="Baraka"' in chiku.get(at).content.decode()
    assert "they wish for" not in text(chiku.get(at))  # of a mentor it is not asked
    assert "they wish for" in text(chiku.get(f"/mwanza/matching/people/{world.baraka.uid}/"))
    assert sign_in("daudi").get(at).status_code == 404
    assert sign_in("baraka").get(at).status_code == 403
