"""Who is due, who is asked, what their link opens, and what is never known of them."""

import csv
import json
from datetime import date, timedelta

import pytest
from django.test import Client
from lxml import html

from mlezi.audit.models import Event
from mlezi.instruments.models import Quarantined, Submission
from mlezi.surveys import actions, codes
from mlezi.surveys.models import Filled, Invitation, Standing
from mlezi.surveys.queries import waiting
from mlezi.surveys.queries.titles import waves_of
from mlezi.surveys.tests.conftest import noon
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import forms

ALL = {"day": "2026-03-02", "ra1": 2, "ra2": 4, "ra3": 5, "q1": "b"}
TODAY = date(2026, 3, 2)
SCHEDULES = [
    {
        "code": "role",
        "form": "role",
        "who": ["mentee"],
        "anchor": "enrolment",
        "waves": [
            {"code": "baseline", "offset_days": 0, "window_days": 14},
            {"code": "midterm", "offset_days": 59},
            {"code": "endline", "offset_days": 365},
        ],
    }
]


@pytest.fixture
def scheduled(desk, world):
    """Baraka was enrolled on 1 January; midterm is due on 1 March."""

    def with_(linkage="identified"):
        desk.declare(linkage=linkage)
        world.programme.blueprint |= {"schedules": SCHEDULES}
        world.programme.save()
        bring(world)
        return Invitation.objects.get(wave="midterm")

    return with_


def bring(world, on=TODAY):
    return actions.bring_up_to_date(programme=world.programme, on=on, by=world.chiku, at=MORNING)


def ask(world, *invitations, on=TODAY):
    return actions.ask(
        programme=world.programme, ids=[one.pk for one in invitations], channel="link", base="https://mlezi.example",
        on=on, by=world.chiku, at=MORNING,
    )  # fmt: skip


def put(desk, code, answers=ALL, *, client=None, xml=None, **more):
    """What the page of a link sends."""
    xml = xml or forms.record(desk.version, answers, **more)
    boundary = "b0undary"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="s.xml"\r\n'
        f"Content-Type: text/xml\r\n\r\n"
    ).encode() + xml + f"\r\n--{boundary}--\r\n".encode()  # fmt: skip
    return (client or Client()).put(
        f"/answer/{code}/submission", body, content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Mlezi-Client": "web"},
    )  # fmt: skip


@pytest.mark.django_db
def test_waves_fall_due_by_each_persons_own_day(scheduled, world):
    scheduled()

    rows = {row.wave: (row.person.name, row.due_on, row.closes_on) for row in Invitation.objects.all()}
    assert rows == {
        "baseline": ("Baraka", date(2026, 1, 1), date(2026, 1, 14)),
        "midterm": ("Baraka", date(2026, 3, 1), None),
    }


@pytest.mark.django_db
def test_bringing_up_to_date_again_changes_nothing_and_a_corrected_day_moves_what_was_not_asked(scheduled, world):
    midterm = scheduled()
    assert not bring(world)
    ask(world, Invitation.objects.get(wave="baseline"))

    world.baraka.enrolments.update(from_on=date(2026, 1, 11))
    bring(world)

    midterm.refresh_from_db()
    assert midterm.due_on == date(2026, 3, 11)
    assert Invitation.objects.get(wave="baseline").due_on == date(2026, 1, 1)  # asked: history


@pytest.mark.django_db
def test_who_left_before_is_not_asked_but_who_was_asked_stays_in_the_base(scheduled, world):
    ask(world, scheduled())
    world.baraka.enrolments.update(to_on=date(2026, 2, 1))

    bring(world, on=date(2027, 1, 10))

    assert set(Invitation.objects.values_list("wave", flat=True)) == {"baseline", "midterm"}


@pytest.mark.django_db
def test_the_line_is_short_and_in_the_persons_language(scheduled, world):
    (line,) = ask(world, scheduled())

    assert len(line.text) <= 160
    assert line.link in line.text
    assert line.text.startswith("role: tafadhali")
    assert not Invitation.objects.filter(code_hash=line.code).exists()


@pytest.mark.django_db
def test_a_code_opens_the_form_however_it_is_typed(scheduled, world):
    (line,) = ask(world, scheduled())
    client = Client()

    found = client.post("/answer/", {"code": line.code.lower().replace("-", " ")})
    page = client.get(found.url)

    assert page.status_code == 200
    assert "midterm" in page.context["config"]["xml"]
    assert client.post("/answer/", {"code": "WRONG"}).status_code == 404


@pytest.mark.django_db
def test_an_answer_by_link_is_the_persons_and_of_their_wave(desk, scheduled, world):
    (line,) = ask(world, scheduled())

    sent = put(desk, line.link.rstrip("/").rpartition("/")[2])

    assert sent.status_code == 201
    record = Submission.objects.get()
    assert (record.sender, record.source) == (world.baraka, "web")
    desk.derive(record)
    assert Filled.objects.get().wave == "midterm"
    rows = waiting.answered(Invitation.objects.filter(wave="midterm"))
    assert [(row.has_answered, row.answered_on) for row in rows] == [(True, TODAY)]


@pytest.mark.django_db
def test_the_same_record_again_is_answered_as_before_and_a_second_one_is_a_conflict(desk, scheduled, world):
    (line,) = ask(world, scheduled())
    code = line.link.rstrip("/").rpartition("/")[2]
    xml = forms.record(desk.version, ALL)

    assert [put(desk, code, xml=xml).status_code for _ in range(2)] == [201, 202]
    assert put(desk, code, {**ALL, "ra1": 7}).status_code == 201

    for record in Submission.objects.all():
        desk.derive(record)
    assert Standing.objects.get().n_filled == 2


@pytest.mark.django_db
@pytest.mark.parametrize("linkage", ["anonymous", "self-coded"])
def test_an_anonymous_answer_cannot_be_joined_to_anybody(desk, scheduled, world, linkage):
    (line,) = ask(world, scheduled(linkage))
    code = line.link.rstrip("/").rpartition("/")[2]

    assert put(desk, code, {**ALL, "wave": "midterm"}).status_code == 201

    record = Submission.objects.get()
    desk.derive(record)
    assert (record.sender_id, record.device_id) == (None, None)
    filled = Filled.objects.get()
    assert (filled.person_id, filled.received_at, filled.wave) == (None, None, "midterm")
    row = waiting.answered(Invitation.objects.filter(wave="midterm")).get()
    assert (row.has_answered, row.answered_on) == (True, None)
    about = Event.objects.filter(name="submission.received").get()
    assert about.by_name == "Mlezi"
    traces = [str(event.facts) for event in Event.objects.all()]
    assert not any(str(record.pk) in trace or record.instance_id in trace for trace in traces)


@pytest.mark.django_db
def test_an_anonymous_link_takes_one_record_and_the_same_one_again(desk, scheduled, world):
    (line,) = ask(world, scheduled("anonymous"))
    code = line.link.rstrip("/").rpartition("/")[2]
    xml = forms.record(desk.version, ALL)

    assert [put(desk, code, xml=xml).status_code for _ in range(2)] == [201, 202]
    assert put(desk, code).status_code == 409
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_a_phone_that_sends_an_anonymous_form_is_not_written_down(desk, world):
    desk.declare(linkage="anonymous")

    record = desk.receive(ALL, sender=world.baraka)

    assert record.sender_id is None
    assert "Baraka" not in {event.by_name for event in Event.objects.filter(name="submission.received")}


@pytest.mark.django_db
def test_a_link_taken_back_opens_nothing_and_a_new_one_ends_the_old(desk, scheduled, world):
    midterm = scheduled()
    (old,) = ask(world, midterm)
    old_code = old.link.rstrip("/").rpartition("/")[2]

    new = actions.renew(invitation=midterm, base="", by=world.chiku, at=MORNING)
    assert Client().get(f"/answer/{old_code}/").status_code == 404
    actions.revoke(invitation=midterm, on=TODAY, by=world.chiku, at=MORNING)

    assert Client().get(new.link).status_code == 410
    assert put(desk, new.link.rstrip("/").rpartition("/")[2]).status_code == 410
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_a_link_takes_only_its_own_form(desk, scheduled, world):
    (line,) = ask(world, scheduled())
    other = forms.published(
        world.programme, "| survey |\n| | type | name | label |\n| | text | a | A |", form_id="other"
    )

    sent = put(desk, line.link.rstrip("/").rpartition("/")[2], xml=forms.record(other, {"a": "x"}))

    assert sent.status_code == 409
    assert not Submission.objects.exists()
    assert not Invitation.objects.get(wave="midterm").is_used


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{"wave": "baseline"}, {"who": "chiku"}])
def test_a_link_takes_no_record_of_another_person_or_time(desk, scheduled, world, said):
    (line,) = ask(world, scheduled())
    code = line.link.rstrip("/").rpartition("/")[2]
    answers = {**ALL, **{key: str(world.chiku.uid) if key == "who" else value for key, value in said.items()}}

    sent = put(desk, code, answers)

    assert sent.status_code == 409
    assert not Submission.objects.exists()
    assert put(desk, code, {**ALL, "wave": "midterm", "who": str(world.baraka.uid)}).status_code == 201


@pytest.mark.django_db
def test_what_cannot_be_read_goes_to_quarantine_and_the_link_works_still(desk, scheduled, world):
    (line,) = ask(world, scheduled("anonymous"))
    code = line.link.rstrip("/").rpartition("/")[2]

    assert put(desk, code, xml=b"<broken").status_code == 400

    assert Quarantined.objects.get().sender_id is None
    assert put(desk, code).status_code == 201


@pytest.mark.django_db
def test_reminders_are_few_and_never_reach_who_answered(desk, scheduled, world):
    midterm = scheduled()
    ask(world, midterm)

    def remind(days):
        on = TODAY + timedelta(days=days)
        ids = list(waiting.to_remind(world.programme, on=on).values_list("pk", flat=True))
        given = {"programme": world.programme, "base": "", "on": on, "by": world.chiku, "at": noon(on)}
        return len(actions.remind(ids=ids, **given))

    assert [remind(days) for days in (6, 7, 8, 20, 21, 22, 90)] == [0, 1, 0, 0, 1, 0, 0]


@pytest.mark.django_db
def test_a_phone_is_offered_a_scheduled_form_while_it_is_due(desk, scheduled, world):
    scheduled()
    hidden = lambda who: waiting.hidden_forms(world.programme, who, on=TODAY)  # noqa: E731
    assert hidden(world.amina) == set()  # it asks who answers: somebody else's phone will do
    desk.version.meanings = {"questions": {"/data/ra1": {"as": "answer:ra1"}}}
    desk.version.save()

    assert hidden(world.baraka) == set()
    assert hidden(world.amina) == {"role"}
    desk.receive(ALL, sender=world.baraka)
    assert hidden(world.baraka) == {"role"}


@pytest.mark.django_db
def test_an_answer_that_came_before_its_schedule_finds_its_wave(desk, world, scheduled):
    desk.receive(ALL, sender=world.baraka)
    assert Filled.objects.get().wave == ""

    scheduled()
    from mlezi.audit import worker  # noqa: PLC0415

    worker.drain(at=noon(date(2026, 3, 3)))

    assert Filled.objects.get().wave == "midterm"


@pytest.mark.django_db
def test_codes_cannot_be_told_from_the_database(scheduled, world):
    row = scheduled()
    ask(world, row)
    row.refresh_from_db()
    code = codes.code_of(row.pk, 0)

    assert codes.hashed(code) == row.code_hash
    assert len(code) == 10
    assert not set(code) & set("ILOU")


@pytest.mark.django_db
def test_daudi_sees_nobody_and_opens_nothing(desk, scheduled, world, sign_in):
    row = scheduled()
    daudi = sign_in("daudi")
    for path in ("", "people/", "due/", "instruments/", "instruments/role/", f"invitations/{row.pk}/"):
        assert daudi.get(f"/mwanza/surveys/{path}").status_code == 404
    assert daudi.get(f"/mwanza/sheets/{row.pk}/").status_code == 404
    assert daudi.get(f"/choma/surveys/invitations/{row.pk}/").status_code == 404
    assert "Baraka" not in daudi.get("/choma/surveys/people/").content.decode()


@pytest.mark.django_db
def test_pages_of_the_office(desk, scheduled, world, sign_in):
    row = scheduled()
    chiku = sign_in("chiku")

    assert b"Baraka" in chiku.get("/mwanza/surveys/due/").content
    lines = chiku.post("/mwanza/surveys/due/ask/", {"invitation": [str(row.pk)], "channel": "link"})
    assert b"/answer/" in lines.content
    assert b"midterm" in chiku.get("/mwanza/surveys/").content
    assert chiku.get("/mwanza/surveys/instruments/role/").status_code == 200
    assert chiku.get(f"/mwanza/surveys/invitations/{row.pk}/").status_code == 200
    table = chiku.get("/mwanza/surveys/people/?wave=midterm&format=csv").content.decode("utf-8-sig")
    assert [line["Person"] for line in csv.DictReader(table.splitlines())] == ["Baraka"]
    assert chiku.get(f"/mwanza/sheets/{row.pk}/").status_code == 200


@pytest.mark.django_db
def test_a_sheet_typed_in_is_the_persons_own(desk, scheduled, world, sign_in):
    row = scheduled()
    xml = forms.record(desk.version, ALL)
    boundary = "b0undary"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="s.xml"\r\n'
        f"Content-Type: text/xml\r\n\r\n"
    ).encode() + xml + f"\r\n--{boundary}--\r\n".encode()  # fmt: skip

    sent = sign_in("chiku").put(
        f"/mwanza/sheets/{row.pk}/submission", body, content_type=f"multipart/form-data; boundary={boundary}"
    )

    assert sent.status_code == 201
    record = Submission.objects.get()
    assert (record.sender, record.source) == (world.baraka, "paper")


def test_one_form_at_several_times_is_asked_for_by_the_right_one(scheduled, world):
    """Each time is a schedule of its own, as specialist-retention writes it."""
    midterm = scheduled()
    world.programme.blueprint["schedules"] = [
        {"code": code, "form": "role", "who": ["mentee"], "anchor": "enrolment", "title": {"en": title}}
        for code, title in (("midterm", "After two months"), ("endline", "After a year"))
    ]

    (line,) = ask(world, midterm)

    assert line.text.startswith("role, After two months: ")
    assert waves_of(world.programme)["endline"] == "After a year"


@pytest.mark.parametrize("linkage", ["identified", "anonymous"])
def test_whoever_opens_their_link_is_not_asked_who_they_are(scheduled, world, linkage):
    """The link says it; and without an account there would be no list to choose oneself from."""
    midterm = scheduled(linkage)
    (line,) = ask(world, midterm)

    page = html.fromstring(Client().get(line.link).content)
    form = json.loads(page.get_element_by_id("form-config").text)["xml"]

    assert '/who"' not in form.partition("<h:body")[2]
    assert '/wave"' not in form.partition("<h:body")[2]
    assert '/ra1"' in form.partition("<h:body")[2]
    assert (str(midterm.person.uid) in form) == (linkage == "identified")
