"""What a phone is answered. The full protocol is in tests/systems/openrosa; here are the corners."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from lxml import etree

from mlezi.audit import actions as audit
from mlezi.audit.models import Event
from mlezi.formats import multipart
from mlezi.instruments.actions import receiving
from mlezi.instruments.models import Quarantined, Submission
from mlezi.openrosa import taking
from mlezi.people.actions import devices
from mlezi.people.models import Device
from mlezi.plumbing import clock
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import published, record

BOUNDARY = "----phone"


@pytest.fixture
def visit(world, settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    return published(world.programme)


@pytest.fixture
def phone(world, visit):
    return devices.enrol(person=world.amina, programme_code="mwanza", name="A", by=world.chiku, at=MORNING)


@pytest.fixture
def post(phone):
    def post_(xml, *files, path="submission", **more):
        fields = [("xml_submission_file", "submission.xml", "text/xml", xml)] if xml is not None else []
        fields += [(name, name, "image/jpeg", content) for name, content in files]
        return Client().post(
            f"/phone/key/{phone[1]}/{path}",
            multipart.encode(fields, BOUNDARY),
            content_type=f"multipart/form-data; boundary={BOUNDARY}",
            **more,
        )

    return post_


def test_a_record_is_taken_with_its_files_under_their_raw_names(post, world, phone):
    answer = post(record("uuid:1", photo="my photo (1).jpg"), ("my photo (1).jpg", b"picture"))

    row = Submission.objects.get()
    assert answer.status_code == 201
    assert answer["X-OpenRosa-Version"] == "1.0"
    assert (row.sender, row.device) == (world.amina, phone[0])
    assert row.attachments.get().name == "my photo (1).jpg"


def test_a_hundred_and_one_files_are_taken_at_once(post):
    files = [(f"{n}.jpg", str(n).encode()) for n in range(101)]

    assert post(record("uuid:1"), *files).status_code == 201
    assert Submission.objects.get().attachments.count() == 101


def test_a_body_without_a_record_is_kept_whole(post):
    answer = post(None, ("p.jpg", b"picture"))

    assert answer.status_code == 400
    assert b"picture" in bytes(Quarantined.objects.get().content)


def test_a_body_that_is_no_multipart_is_kept_whole(phone):
    path = f"/phone/key/{phone[1]}/submission"
    answer = Client().post(path, b"\x00\x01 rubbish \xff", content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 400
    assert bytes(Quarantined.objects.get().content) == b"\x00\x01 rubbish \xff"


def test_secrets_are_not_kept_in_quarantine(post):
    post(b"rubbish", headers={"Cookie": "session=1", "User-Agent": "Collect"})

    assert "Cookie" not in Quarantined.objects.get().headers
    assert Quarantined.objects.get().headers["User-Agent"] == "Collect"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (OSError(28, "No space left on device"), "openrosa.no_room"),
        (OSError(30, "Read-only file system"), "openrosa.no_room"),
        (OperationalError("database or disk is full"), "openrosa.no_room"),
        (OperationalError("attempt to write a readonly database"), "openrosa.no_room"),
        (OperationalError("database is locked"), "openrosa.busy"),
        (KeyError("a fault of ours"), "openrosa.busy"),
    ],
)
def test_whatever_fails_is_answered_so_that_the_phone_keeps_its_record(post, monkeypatch, fault, code):
    def fails(**_):
        raise fault

    monkeypatch.setattr(receiving, "receive", fails)
    answer = post(record("uuid:1"))

    assert answer.status_code == 503
    assert answer["Mlezi-Problem"] == code
    assert answer["Retry-After"]
    assert "inabaki kwenye simu" in answer.content.decode()


def test_more_than_the_limit_is_not_even_read(post, settings):
    settings.MAX_SUBMISSION_BYTES = 1000

    assert post(record("uuid:1", note="x" * 1000)).status_code == 413
    assert not Quarantined.objects.exists()


def test_a_revoked_phone_is_turned_away_and_told_to_keep_its_records(post, phone, world):
    devices.revoke(device=phone[0], by=world.chiku, at=MORNING)
    answer = post(record("uuid:1"))

    assert answer.status_code == 403
    assert "stay on the phone" in answer.content.decode()


def test_somebody_whose_part_ended_may_still_send_but_not_fetch(post, phone, world):
    world.amina.roles.update(to_on="2026-02-01")

    assert post(record("uuid:1")).status_code == 201
    assert Client().get(f"/phone/key/{phone[1]}/formList").status_code == 403


def test_letting_a_phone_in_asks_one_question_and_looks_at_no_session(phone, world, sign_in, django_assert_num_queries):
    door, browser = f"/phone/key/{phone[1]}/submission", sign_in("chiku")
    browser.head(door)  # notes that the phone was heard

    with django_assert_num_queries(1):
        assert browser.head(door).status_code == 204


def test_a_mistyped_address_of_a_phone_is_answered_with_a_page(client):
    answer = client.get("/phone/key/x/nothing-stands-here")

    assert answer.status_code == 404
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_a_role_over_every_programme_lets_in_too_and_only_from_its_first_day(phone, world):
    fetch = f"/phone/key/{phone[1]}/formList"
    world.amina.roles.update(programme=None)
    assert Client().get(fetch).status_code == 200

    world.amina.roles.update(from_on=clock.today() + timedelta(days=1))
    assert Client().get(fetch).status_code == 403


def test_a_phone_of_a_programme_that_is_not_here_is_not_known(post, phone):
    Device.objects.update(programme_code="another")

    assert post(record("uuid:1"))["Mlezi-Problem"] == "openrosa.unknown_token"


def test_a_record_that_must_name_nobody_does_not_say_whose_phone_it_came_from(post, world, visit):
    world.programme.blueprint = {"instruments": [{"form": visit.form.form_id, "linkage": "anonymous"}]}
    world.programme.save()

    assert post(record("uuid:1")).status_code == 201
    row, told = Submission.objects.get(), Event.objects.get(name="submission.received")
    assert (row.sender, row.device, told.by_uid) == (None, None, audit.MACHINE.uid)


def test_a_phone_is_told_how_many_files_of_its_record_have_not_come(post):
    late, whole = record("uuid:1", photo="p.jpg"), record("uuid:2", photo="p.jpg")

    assert post(late)["Mlezi-Missing"] == "1"
    assert post(late)["Mlezi-Missing"] == "1"
    assert post(late, ("p.jpg", b"picture"))["Mlezi-Missing"] == "0"
    assert post(whole, ("p.jpg", b"picture"), ("more.jpg", b"picture"))["Mlezi-Missing"] == "0"


def test_daudi_can_neither_fetch_nor_send_with_his_own_password(world, visit):
    account = world.daudi.account
    account.set_password("a long good password")
    account.save()
    basic = base64.b64encode(b"daudi:a long good password").decode()
    client = Client(headers={"Authorization": f"Basic {basic}"})

    assert client.get("/phone/choma/formList").status_code == 200
    assert client.get("/phone/mwanza/formList").status_code == 403
    assert client.post("/phone/mwanza/submission", b"", content_type="text/xml").status_code == 403
    assert client.get(f"/phone/choma/forms/{visit.pk}.xml").status_code == 404
    assert client.get(f"/phone/choma/forms/{visit.pk}/manifest").status_code == 404


def test_passwords_are_not_taken_over_plain_http(world, visit, settings):
    settings.ALLOWED_HOSTS = ["mlezi.example.org"]
    basic = base64.b64encode(b"amina:whatever").decode()
    answer = Client().get(
        "/phone/mwanza/formList", headers={"Authorization": f"Basic {basic}", "Host": "mlezi.example.org"}
    )

    assert answer.status_code == 403
    assert "https" in answer.content.decode()


@pytest.mark.parametrize("path", ["/phone/mwanza/formList", "/phone/key/none/submission"])
def test_a_phone_at_an_address_that_is_not_ours_is_told_which_setting(world, path):
    answer = Client().get(path, headers={"Host": "10.0.0.7:8000<b>"})

    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/xml")
    assert answer["X-OpenRosa-Version"] == "1.0"
    [message] = etree.fromstring(answer.content)
    assert "10.0.0.7:8000<b>" in message.text
    assert "MLEZI_HOSTS" in message.text


def test_a_browser_at_an_address_that_is_not_ours_gets_a_page(world):
    answer = Client().get("/", headers={"Host": "elsewhere.example.org"})

    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/html")


def test_a_changed_password_is_not_believed_any_more(world, visit):
    account = world.amina.account
    account.set_password("the first password")
    account.save()
    basic = {"Authorization": "Basic " + base64.b64encode(b"amina:the first password").decode()}
    assert Client().get("/phone/mwanza/formList", headers=basic).status_code == 200

    account.set_password("another one altogether")
    account.save()
    assert Client().get("/phone/mwanza/formList", headers=basic).status_code == 401


def test_messages_are_in_the_senders_language(post, world):
    world.amina.languages = ["en"]
    world.amina.save()

    assert post(record("uuid:1"))["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("header", "minutes"),
    [
        ({"Date": "Mon, 02 Mar 2026 13:07:00 GMT"}, 7),
        ({"Date": "Mon, 02 Mar 2026 01:07:00 GMT"}, 7),  # a twelve-hour clock
        ({"Date": "Tue, 03 Mar 2026 13:00:00 GMT"}, 24 * 60 - 12 * 60),
        ({"Mlezi-Device-Time": "2026-03-03T16:00:00+03:00"}, 24 * 60),
        ({"Date": "Jumatatu, 02 Machi 2026"}, None),
        ({}, None),
    ],
)
def test_the_clock_of_a_phone_is_measured_and_never_believed(header, minutes):
    at = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
    read = taking.clock_of(RequestFactory().get("/", headers=header), at)

    assert (read - at if read else None) == (timedelta(minutes=minutes) if minutes is not None else None)


def test_what_a_phone_says_of_itself_is_noted(post, phone):
    later = (clock.now() + timedelta(hours=2)).isoformat()
    post(
        record("uuid:1"),
        path="submission?deviceID=collect:abc",
        headers={"Mlezi-Device-Time": later, "Mlezi-Unsent": "7"},
    )

    phone[0].refresh_from_db()
    assert phone[0].device_id == "collect:abc"
    assert phone[0].unsent == 7
    assert abs(phone[0].clock_skew_seconds - 7200) < 5
    assert phone[0].last_seen_at
