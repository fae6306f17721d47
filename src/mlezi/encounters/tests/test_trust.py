"""Encounters that are hard to believe are listed with the reason; nobody's words are repeated."""

from datetime import UTC, date, datetime

import pytest

from mlezi.encounters import actions, trust
from mlezi.encounters.doubts import doubts
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of
from mlezi.testing import cast
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}


def send(visits, name="doubtful", *, at=EVENING, source="collect", **answers):
    told = {"encounter": str(meetings.uid(name)), "day": "2026-03-02", "minutes": "90", "place": "IGO", **answers}
    visits.send("visit", told, at=at, by=visits.world.amina, source=source)
    visits.derive(at=at)


def found(world, name="chiku", programme=None):
    programme = programme or world.programme
    scope = scope_of(world.people[name], Permission.SEE_TRUST, programme=programme)
    return [(one.kind, one.says) for one in doubts(scope, programme, **MARCH)]


def test_a_plain_visit_is_believed(visits, world):
    send(visits, position="-2.581 33.001 0 5", people=[{"mentee": str(world.baraka.uid)}])

    assert found(world) == []


def test_a_visit_far_from_the_facility(visits, world):
    send(visits, position="-4.38 33.0 0 5")

    assert found(world) == [("far", "The phone was 200 km from the facility.")]


def test_two_visits_at_once(visits, world):
    send(visits, "one", minutes="", start_at="2026-03-02T09:00:00+03:00", end_at="2026-03-02T11:00:00+03:00")
    send(
        visits, "two", minutes="", place="KIS", start_at="2026-03-02T10:00:00+03:00", end_at="2026-03-02T12:00:00+03:00"
    )

    assert [kind for kind, _ in found(world)] == ["at_once", "at_once"]


def test_more_hours_in_a_day_than_anybody_works(visits, world):
    send(visits, "one", minutes="600")
    send(visits, "two", minutes="600", place="KIS")

    assert found(world) == [("at_once", "The same person led 20 hours that day.")] * 2


def test_forty_mentees_in_an_hour(visits, world):
    people = [cast.person(f"Mentee {n}", "nurse", world.igoma) for n in range(40)]
    send(visits, minutes="60", people=[{"mentee": str(person.uid)} for person in people])

    assert found(world) == [("crowd", "40 people in 60 minutes.")]


def test_words_that_look_like_a_patient_are_not_repeated(visits, world, sign_in):
    send(visits, note="Mama Zawadi, simu 0754 123 456, alitoka damu.")

    assert found(world) == [("patient", "Some words look like a patient's name or number.")]
    page = sign_in("chiku").get("/mwanza/trust/?month=2026-03").content.decode()
    assert "May name a patient" in page
    assert "Zawadi" not in page
    assert "0754" not in page


def test_a_wrong_clock(visits, world):
    send(visits, day="2031-01-01")

    assert [kind for kind, _ in found(world)] == ["clock"]


def test_late_and_paper_are_counted_not_hidden(visits, world):
    send(visits, "prompt")
    send(visits, "late", at=EVENING.replace(day=30))
    send(visits, "paper", source="paper")
    scope = scope_of(world.chiku, Permission.SEE_TRUST, programme=world.programme)

    counted = trust.shares(scope, world.programme, **MARCH)

    assert (counted.n, counted.n_late, counted.n_paper) == (3, 1, 1)


def test_the_match_rate_carries_its_interval(visits, world, sign_in):
    for n in range(12):
        send(visits, f"visit {n}", day=f"2026-03-{n + 1:02}", at=EVENING.replace(day=28))
    checks = actions.draw(
        programme=world.programme, month=date(2026, 3, 1), share=0.5, seed=7, by=world.chiku, at=EVENING
    )
    scope = scope_of(world.chiku, Permission.CONFIRM_SAMPLE, programme=world.programme)
    assert trust.sampled_match(scope, world.programme, **MARCH).point is None

    for n, check in enumerate(checks):
        answer = "denied" if n == 0 else "confirmed"
        actions.confirm(check_id=check.pk, answer=answer, by=world.chiku, at=EVENING, scope=scope)

    match = trust.sampled_match(scope, world.programme, **MARCH)
    assert len(checks) == 6
    assert match.point == pytest.approx(5 / 6)
    assert match.low < 5 / 6 < match.high
    assert "83" in sign_in("eliya").get("/mwanza/trust/?month=2026-03").content.decode()


def test_a_month_is_qualified_by_its_own_sample_alone(visits, world):
    send(visits, "april", day="2026-04-02", at=EVENING.replace(month=4))
    (check,) = actions.draw(
        programme=world.programme, month=date(2026, 4, 1), share=1, seed=7, by=world.chiku, at=EVENING
    )
    scope = scope_of(world.chiku, Permission.CONFIRM_SAMPLE, programme=world.programme)
    actions.confirm(check_id=check.pk, answer="confirmed", by=world.chiku, at=EVENING, scope=scope)

    assert trust.sampled_match(scope, world.programme, **MARCH).n_eligible == 0
    assert trust.sampled_match(scope, world.programme, start=date(2026, 4, 1), end=date(2026, 5, 1)).point == 1


@pytest.mark.parametrize("address", ["/mwanza/trust/", "/mwanza/trust/sample/"])
@pytest.mark.parametrize(("name", "status"), [("chiku", 200), ("eliya", 200), ("farida", 200), ("daudi", 404)])
def test_who_may_come_in(visits, sign_in, address, name, status):
    assert sign_in(name).get(address).status_code == status


def test_daudi_sees_nothing_of_theirs(visits, world, sign_in):
    send(visits, position="-4.38 33.0 0 5")

    assert found(world, "daudi", world.other) == []
    assert "Igoma" not in sign_in("daudi").get("/choma/trust/?month=2026-03").content.decode()


def test_drawing_and_answering_on_the_page(visits, world, sign_in):
    send(visits)
    chiku = sign_in("chiku")

    assert chiku.post("/mwanza/trust/sample/draw/", {"month": "2026-03"}).status_code == 302
    page = chiku.get("/mwanza/trust/sample/")
    assert "Igoma Dispensary" in page.content.decode()
    check = visits.world.programme.sample_checks.get()
    chiku.post(f"/mwanza/trust/sample/{check.pk}/", {"answer": "confirmed", "note": ""})
    check.refresh_from_db()
    assert (check.answer, check.answered_by_name) == ("confirmed", "Chiku")
    assert sign_in("daudi").post(f"/choma/trust/sample/{check.pk}/", {"answer": "denied"}).status_code == 404
