"""A course: who came, tests before and after, who gets a certificate, and who can check it."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from mlezi.courses import actions, declared, paper, problems, queries
from mlezi.courses.models import Certificate
from mlezi.courses.rules import Done, missing
from mlezi.formats import open_badges
from mlezi.instruments.actions import receiving
from mlezi.instruments.derivation import runner
from mlezi.places.scope import Scope
from mlezi.programmes.models import RoleAssignment
from mlezi.surveys.models import Invitation
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import forms
from mlezi.testing.makers.records import Records, noon

TEST = """
    | survey |
    |        | type            | name | label | bind::mlezi:as |
    |        | text            | wave | Wave  | wave           |
    |        | date            | day  | Day   | encounter.date |
    |        | select_one abcd | q1   | Dose? | answer:q1      |
    |        | select_one abcd | q2   | When? | answer:q2      |
    | choices |
    |        | list_name | name | label |
    |        | abcd      | a    | A     |
    |        | abcd      | b    | B     |
"""
BLUEPRINT = {
    "instruments": [{"form": "test", "tests": [{"code": "knowledge", "keys": {"q1": "a", "q2": "b"}}]}],
    "courses": [
        {
            "code": "drtb",
            "title": {"en": "DR-TB care"},
            "encounters": ["training"],
            "sessions": 2,
            "pre_test": "test",
            "post_test": "test",
            "certificate": {"attendance": 0.8, "pass_mark": 60, "title": {"en": "DR-TB care"}, "issuer": "Kibong'oto"},
        }
    ],
}
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 3)
EVERYWHERE = Scope(ranges=(("/", "0"),))


@pytest.fixture
def records(world):
    return Records(world.programme)


@pytest.fixture
def course(world, records):
    """Two days in March; Baraka is expected."""
    world.programme.blueprint = BLUEPRINT
    world.programme.save()
    records.type("training", mode="workshop")
    run = actions.begin(
        programme=world.programme, course="drtb", code="2026-03", from_on=FIRST, to_on=LAST, place=None,
        by=world.chiku, at=MORNING,
    )  # fmt: skip
    actions.enrol(run=run, people=[world.baraka], by=world.chiku, at=MORNING)
    return run


@pytest.fixture
def form(world):
    return forms.published(world.programme, TEST, form_id="test", purpose="test")


def take(world, form, wave, q1, q2, on):
    xml = forms.record(form, {"wave": wave, "day": on, "q1": q1, "q2": q2})
    receipt = receiving.receive(programme=world.programme, xml=xml, sender=world.baraka, source="web", at=noon(on))
    runner.derive({receipt.submission.pk}, at=noon(on))


def attend(world, records, *days):
    for day in days:
        records.encounter(world.igoma, day, world.baraka, type="training")


def scope(world):
    return Scope(ranges=EVERYWHERE.ranges, programmes=frozenset({world.programme.pk}))


def row(world, run):
    return queries.row_of(run, world.baraka)


def issue(world, run):
    return actions.issue(run=run, person_ids={world.baraka.pk}, scope=scope(world), on=LAST, by=world.chiku, at=MORNING)


@pytest.mark.django_db
def test_the_roster_brings_the_tests(course, world):
    asked = {row.wave: (row.due_on, row.closes_on, row.occasion) for row in Invitation.objects.all()}

    assert asked == {
        "pre": (FIRST - timedelta(days=7), LAST, "2026-03"),
        "post": (LAST, LAST + timedelta(days=14), "2026-03"),
    }


@pytest.mark.django_db
def test_before_and_after_per_person_and_what_is_missing(course, world, form, records):
    take(world, form, "pre", "a", "a", FIRST)
    attend(world, records, FIRST)
    before = row(world, course)
    assert (before.pre, before.post, before.attended, before.sessions) == (50, None, 1, 2)
    assert before.missing == ("attendance", "post_test")

    attend(world, records, LAST)
    take(world, form, "post", "a", "b", LAST)

    after = row(world, course)
    assert (after.pre, after.post, after.missing) == (50, 100, ())


@pytest.mark.django_db
def test_whoever_came_without_being_on_the_roster_is_seen(course, world, records):
    stranger = records.mentee("Rehema", world.igoma)
    records.encounter(world.igoma, FIRST, stranger, type="training")

    rows = {one.person.name: one.is_on_roster for one in queries.rows(course, scope(world))}

    assert rows == {"Baraka": True, "Rehema": False}


@pytest.mark.django_db
def test_a_certificate_only_for_who_has_everything_and_only_once(course, world, form, records):
    with pytest.raises(problems.NothingToIssue):
        issue(world, course)
    attend(world, records, FIRST, LAST)
    take(world, form, "post", "a", "b", LAST)

    (one,) = issue(world, course)

    with pytest.raises(problems.NothingToIssue):
        issue(world, course)
    assert one.grounds == {"attended": 2, "sessions": 2, "pre": None, "post": 100}
    assert open_badges.is_genuine(one.badge)
    assert "Baraka" not in json.dumps(one.badge)


@pytest.fixture
def certified(course, world, form, records):
    attend(world, records, FIRST, LAST)
    take(world, form, "post", "a", "b", LAST)
    return issue(world, course)[0]


@pytest.mark.django_db
def test_anybody_can_check_it_and_learns_no_name(certified):
    spaced = "-".join((certified.code[:4], certified.code[4:8], certified.code[8:])).lower()

    page = Client().get("/certificates/", {"code": spaced}).content.decode()
    fits = Client().get("/certificates/", {"code": spaced, "name": "BARAKA"}).content.decode()
    other = Client().get("/certificates/", {"code": spaced, "name": "Rehema"}).content.decode()

    assert "This certificate is genuine." in page
    assert "Baraka" not in page
    for certified_of in ("DR-TB care", "2 Mar 2026 to 3 Mar 2026", "Kibong&#x27;oto"):  # what was certified
        assert certified_of in page
    assert "The name is the one printed on it." in fits
    assert "The name is not the one printed on it." in other
    assert "No certificate with this code" in Client().get("/certificates/", {"code": "AAAABBBBCCCC"}).content.decode()


@pytest.mark.parametrize(
    ("said", "printed", "is_same"),
    [
        ("mushi,  BARAKA", "Baraka Mushi", True),
        ("Ng'wanza Koné", "Ngwanza Kone", True),
        ("ተስፋዬ በቀለ", "ተስፋዬ በቀለ", True),
        ("Maria Juma", "Mario Juma", False),
        ("Example Person 02", "Example Person 01", False),
        ("Baraka", "Baraka Mushi", False),
        ("!", "?", False),
        ("ኃይሉ", "ተስፋዬ", False),
    ],
)
def test_a_name_is_compared_not_guessed(said, printed, is_same):
    assert paper.is_same_name(said, printed) is is_same


@pytest.mark.django_db
def test_with_the_others_nobody_gets_again_what_was_taken_back(certified, course, world, sign_in):
    actions.revoke(certificate=certified, because="Sat for somebody else", on=LAST, by=world.chiku, at=MORNING)
    chiku = sign_in("chiku")

    page = chiku.get("/mwanza/courses/2026-03/").content.decode()
    chiku.post("/mwanza/courses/2026-03/issue/")

    assert "taken back" in page
    assert "Issue again" in page
    assert not Certificate.objects.filter(revoked_on=None).exists()
    chiku.post("/mwanza/courses/2026-03/issue/", {"person": world.baraka.pk})
    assert Certificate.objects.get(revoked_on=None).person == world.baraka


@pytest.mark.django_db
def test_who_used_the_link_of_an_anonymous_evaluation_has_answered(course, world):
    asked = Invitation.objects.get(wave="post", person=world.baraka)
    Invitation.objects.create(
        programme=world.programme, instrument="view", wave="evaluation", occasion="2026-03", person=world.baraka,
        due_on=LAST, is_used=True, created_at=MORNING,
    )  # fmt: skip

    assert asked.wave not in row(world, course).taken
    assert "evaluation" in row(world, course).taken


@pytest.mark.django_db
def test_who_keeps_one_district_holds_courses_there_and_only_there(course, world, sign_in):
    RoleAssignment.objects.filter(person=world.chiku).update(place=world.nyamagana)
    chiku = sign_in("chiku")
    begun = {"course": "drtb", "code": "igoma", "from_on": "2026-04-01", "to_on": "2026-04-02"}
    path = "/mwanza/courses/begin/"

    nowhere = chiku.post(path, begun)
    elsewhere = chiku.post(path, {**begun, "place": world.magu.pk})
    there = chiku.post(path, {**begun, "place": world.igoma.pk})

    assert (nowhere.status_code, elsewhere.status_code) == (400, 400)
    assert chiku.get(there["Location"]).status_code == 200


@pytest.mark.django_db
def test_taken_back_it_is_no_longer_genuine_anywhere(certified, course, world):
    actions.revoke(certificate=certified, because="Sat for somebody else", on=LAST, by=world.chiku, at=MORNING)

    assert "taken back" in Client().get("/certificates/", {"code": certified.code}).content.decode()
    listed = Client().get("/certificates/revoked.json").json()
    assert listed["revokedCredential"] == [{"id": f"urn:uuid:{certified.pk}", "revoked": True}]
    assert len(issue(world, course)) == 1  # a new one can be issued
    assert Certificate.objects.count() == 2


@pytest.mark.django_db
def test_paper_and_badge_for_its_owner_and_for_who_held_the_course(certified, sign_in):
    paper = f"/mwanza/courses/certificates/{certified.pk}/certificate.pdf"
    badge = f"/mwanza/courses/certificates/{certified.pk}/badge.json"
    for name in ("baraka", "chiku"):
        assert sign_in(name).get(paper).content.startswith(b"%PDF")
        assert open_badges.is_genuine(json.loads(sign_in(name).get(badge).content))
    for name in ("amina", "eliya", "daudi"):
        assert sign_in(name).get(paper).status_code == 404
        assert sign_in(name).get(badge).status_code == 404


@pytest.mark.django_db
def test_right_answers_only_after_the_test_that_follows(course, world, form, sign_in):
    baraka = sign_in("baraka")
    take(world, form, "pre", "a", "a", FIRST)
    before = baraka.get("/mwanza/courses/2026-03/mine/").content.decode()
    assert "50 %" in before
    assert "Dose?" not in before

    take(world, form, "post", "a", "a", LAST)

    after = baraka.get("/mwanza/courses/2026-03/mine/").content.decode()
    assert "Dose?" in after
    assert sign_in("amina").get("/mwanza/courses/2026-03/mine/").status_code == 404


@pytest.mark.django_db
def test_everybody_finds_their_own_courses_and_what_they_are_asked(course, world, form, sign_in, monkeypatch):
    monkeypatch.setattr("mlezi.plumbing.clock.today", lambda zone="": FIRST)

    mine = sign_in("baraka").get("/mwanza/courses/mine/").content.decode()

    assert "DR-TB care" in mine
    assert "/mwanza/forms/test/fill/" in mine
    assert "DR-TB care" not in sign_in("amina").get("/mwanza/courses/mine/").content.decode()
    assert sign_in("daudi").get("/mwanza/courses/mine/").status_code == 404


@pytest.mark.django_db
def test_pages_of_the_office_and_nothing_for_daudi(certified, world, sign_in):
    chiku, daudi = sign_in("chiku"), sign_in("daudi")

    assert b"Baraka" in chiku.get("/mwanza/courses/2026-03/").content
    assert b"DR-TB care" in chiku.get("/mwanza/courses/").content
    for path in ("", "2026-03/", "begin/", "2026-03/mine/"):
        assert daudi.get(f"/mwanza/courses/{path}").status_code == 404
    assert daudi.get("/choma/courses/2026-03/").status_code == 404
    assert daudi.post(f"/choma/courses/certificates/{certified.pk}/revoke/").status_code == 404
    begun = {"course": "drtb", "code": "2026-04", "from_on": "2026-04-01", "to_on": "2026-04-02"}
    assert chiku.post("/mwanza/courses/begin/", begun).status_code == 302
    again = chiku.post("/mwanza/courses/begin/", begun)
    assert again.status_code == 200 or again.status_code == 400
    assert "already called" in again.content.decode()


def rule(**more):
    said = {"code": "x", "encounters": ["t"], "certificate": {"attendance": 0.8, **more}}
    course = declared._course(said)
    assert course.certificate is not None
    return course.certificate


@pytest.mark.parametrize(
    ("done", "lacks"),
    [
        (Done(4, 5, 60, {}), ()),
        (Done(3, 5, 60, {}), ("attendance",)),
        (Done(0, 0, 60, {}), ("attendance",)),
        (Done(5, 5, 59.9, {}), ("score",)),
        (Done(5, 5, None, {}), ("post_test",)),
    ],
)
def test_the_rule_by_hand(done, lacks):
    assert missing(rule(pass_mark=60), done) == lacks


def test_what_must_be_passed_must_be_passed_whatever_the_rest():
    strict = rule(pass_mark=50, must_pass={"safety": 100})

    assert missing(strict, Done(5, 5, 90, {"safety": 99})) == ("must_pass:safety",)
    assert missing(strict, Done(5, 5, 90, {})) == ("must_pass:safety",)
    assert missing(strict, Done(5, 5, 90, {"safety": 100})) == ()
