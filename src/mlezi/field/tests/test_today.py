"""What a phone fetches of today: the same people and reasons as on the office's page, and nobody else's."""

import gzip
import json
from datetime import date, timedelta

import pytest
from django.test import Client

from mlezi.field import actions
from mlezi.office.pictures import mentor
from mlezi.pairing.models import Pairing
from mlezi.people.actions import devices
from mlezi.plumbing import clock
from mlezi.programmes.models import RoleAssignment
from mlezi.testing.cast import MORNING, START, person
from mlezi.testing.makers import month as months


@pytest.fixture
def month(world):
    return months.told(world)


def phone_of(person, programme="mwanza"):
    return devices.enrol(person=person, programme_code=programme, name="Blue", by=person, at=MORNING)[1]


def day(token, **headers):
    return Client().get(f"/phone/key/{token}/app/day", headers=headers)


def test_amina_carries_her_mentees_with_the_reasons_of_the_office_page(world, month, sign_in):
    facts = json.loads(day(phone_of(world.amina)).content)
    [baraka] = [one for one in facts["mentees"] if one["name"] == "Baraka"]
    today = clock.today("Africa/Dar_es_Salaam")
    page = sign_in("amina").get("/mwanza/mine/").context["mentees"]
    on_page = next(row for row in page if row["name"] == "Baraka")

    assert {one["name"] for one in facts["mentees"]} == {row["name"] for row in page}
    assert baraka["uid"] == str(world.baraka.uid)
    assert baraka["met"] == on_page["met"].isoformat()
    overdue = [
        one for one in facts["actions"] if one["owner"] == baraka["uid"] and one["due"] and one["due"] < str(today)
    ]
    due = [on for on in baraka["rechecks"] if on <= str(today)]
    told = mentor.reasons(
        date.fromisoformat(baraka["met"]), facts["programme"]["every_days"], len(due), len(overdue), today
    )
    assert told == on_page["why"]


def test_facilities_come_with_where_they_are_so_that_the_phone_tells_the_distance(world, month):
    facts = json.loads(day(phone_of(world.amina)).content)
    [igoma] = [one for one in facts["facilities"] if one["name"] == "Igoma Dispensary"]

    assert igoma["at"] == [-2.58, 33.0]
    assert igoma["last"] == month["visit"].held_on.isoformat()
    assert facts["meetings"][0]["uid"] == str(month["visit"].uid)


def test_nothing_is_sent_again_that_the_phone_has(world, month):
    token = phone_of(world.amina)
    first = day(token)
    again = day(token, **{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    squeezed = day(token, **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(squeezed.content) == first.content
    assert day(token, **{"Accept-Encoding": "gzip", "If-None-Match": squeezed["ETag"]}).status_code == 304


def test_another_programmes_people_are_nobody_here(world, month):
    RoleAssignment.objects.create(
        person=world.daudi, programme=world.other, role="mentor", place=world.zambia, from_on=START
    )
    text = day(phone_of(world.daudi, "choma")).content.decode()
    facts = json.loads(text)

    for theirs in (world.baraka, world.amina, world.igoma):
        assert str(theirs.uid) not in text
        assert theirs.name not in text
    assert (facts["mentees"], facts["facilities"], facts["actions"], facts["meetings"]) == ([], [], [], [])


def test_a_phone_that_was_signed_off_is_turned_away(world, month):
    device, token = devices.enrol(person=world.amina, programme_code="mwanza", name="Blue", by=world.chiku, at=MORNING)
    devices.revoke(device=device, by=world.chiku, at=MORNING + timedelta(days=1))

    assert day(token).status_code == 403
    assert day("nobody-gave-this").status_code == 403
    assert Client().get("/phone/key/nobody-gave-this/app/guidance").status_code == 403


def test_guidance_is_listed_with_its_size_before_it_is_fetched(world):
    said = {"title": {"en": "The first minute"}, "domain": "newborn"}
    kept = {"programme": world.programme, "by": world.chiku, "at": MORNING}
    actions.keep_material(name="materials/first minute.md", content=b"# Dry, warm, breathe", facts=said, **kept)
    token = phone_of(world.amina)
    [listed] = json.loads(Client().get(f"/phone/key/{token}/app/guidance").content)["files"]

    assert (listed["bytes"], listed["kind"], listed["title"]) == (20, "text/markdown", {"en": "The first minute"})
    answer = Client().get(f"/phone/key/{token}/{listed['url']}")
    assert answer.content == b"# Dry, warm, breathe"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"

    actions.drop_material(name="materials/first minute.md", **kept)
    gone = Client().get(f"/phone/key/{token}/{listed['url']}")
    assert gone.status_code == 404
    assert gone["Mlezi-Problem"] == "field.no_such_material"


def test_guidance_of_another_programme_is_not_there(world):
    actions.keep_material(programme=world.other, name="theirs.md", content=b"x", facts={}, by=world.daudi, at=MORNING)
    token = phone_of(world.amina)

    assert json.loads(Client().get(f"/phone/key/{token}/app/guidance").content)["files"] == []
    assert Client().get(f"/phone/key/{token}/app/guidance/theirs.md").status_code == 404


def test_the_day_of_twenty_mentees_is_a_small_pull(world, month):
    """Measured: 1201 bytes on the wire for a mentor with twenty-one mentees, and no body when nothing changed."""
    for n in range(20):
        who = person(f"Mlezwa wa {n}", "nurse", world.igoma)
        Pairing.objects.create(programme=world.programme, guide=world.amina, learner=who, from_on=START)
    token = phone_of(world.amina)
    answer = day(token, **{"Accept-Encoding": "gzip"})

    assert len(json.loads(gzip.decompress(answer.content))["mentees"]) == 21
    assert len(answer.content) < 2000


def test_one_small_question_tells_what_is_new_and_what_became_of_what_was_sent(world, month):
    token = phone_of(world.amina)
    news = Client().get(f"/phone/key/{token}/app/news?sent=uuid:nobody-knows")
    fetched = {"offered": "offered", "day": "app/day", "guidance": "app/guidance"}
    marks = {name: Client().get(f"/phone/key/{token}/{path}")["ETag"] for name, path in fetched.items()}

    assert news.json() == {**{name: mark.strip('"') for name, mark in marks.items()}, "sent": {}}
    assert len(news.content) < 200
    assert news["Content-Security-Policy"] == "default-src 'none'"


def test_a_mark_that_came_back_squeezed_is_still_the_same_mark(world, month):
    token = phone_of(world.amina)
    squeezed = Client().get(f"/phone/key/{token}/offered", headers={"accept-encoding": "gzip"})
    again = Client().get(f"/phone/key/{token}/offered", headers={"if-none-match": squeezed["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
