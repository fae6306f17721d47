"""A phone's day, told by a double that behaves as ODK Collect does."""

from datetime import UTC, datetime

import pytest

from mlezi.testing.collect import Collect, Record, Refused
from mlezi.testing.wire import Wire
from tests.systems.openrosa.conftest import new_id

AFTERNOON = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)  # written as 01:00 by Collect


@pytest.fixture
def phone(mlezi):
    return Collect(mlezi.token_base)


def test_forms_and_lists_arrive_and_are_not_fetched_twice(phone):
    assert phone.sync(AFTERNOON) == ["openrosa-conformance"]
    assert {row["code"] for row in phone.entities["facilities"].values()} == {"IGO", "KIS"}
    assert phone.sync(AFTERNOON) == []


def test_with_name_and_password_it_waits_to_be_challenged(mlezi):
    phone = Collect(mlezi.base, mlezi.facts["username"], mlezi.facts["password"])

    assert phone.sync(AFTERNOON)
    assert phone.challenged


def test_a_large_record_goes_in_pieces_and_is_whole_on_the_server(mlezi, phone):
    uid = new_id()
    files = {"p.jpg": b"\xff" * 3_000_000, "s.m4a": b"\x01" * 4_000_000, "audit.csv": b"event\n"}
    sent = phone.send(Record(mlezi.record(uid, photo="p.jpg", sound="s.m4a"), files), AFTERNOON)

    assert sent.state == "submitted"
    receipt = mlezi.receipt(uid)
    assert receipt["missing"] == []
    assert [file["name"] for file in receipt["present"]] == ["audit.csv", "p.jpg", "s.m4a"]


def test_when_the_answer_is_lost_the_phone_sends_again_and_nothing_is_doubled(mlezi, phone):
    record = Record(mlezi.record(photo="p.jpg"), {"p.jpg": b"picture"})
    phone.send(record, AFTERNOON)
    record.state = "submissionFailed"  # the line broke before the answer

    assert phone.send(record, AFTERNOON).state == "submitted"


def test_what_is_refused_stays_on_the_phone_with_the_servers_words(mlezi, phone):
    record = Record(mlezi.record(form_id="nobody-knows-this"))

    with pytest.raises(Refused):
        phone.send(record, AFTERNOON)
    assert record.state == "submissionFailed"
    assert "nobody-knows-this" in record.message


def test_a_revoked_phone_keeps_everything(mlezi):
    record = Record(mlezi.record())

    with pytest.raises(Refused):
        Collect(mlezi.lost_base).send(record, AFTERNOON)
    assert record.state == "submissionFailed"


def test_somebody_made_offline_stays_until_the_server_knows_and_somebody_gone_goes(mlezi, phone):
    here, gone = "00000000-0000-4000-8000-000000000009", mlezi.facts["daudi"]
    phone.entities["mentees"] = {uid: {"name": uid, "label": uid, "__version": "1"} for uid in (here, gone)}
    phone.made_here = {here, gone}
    phone.sync(AFTERNOON)

    assert here in phone.entities["mentees"]
    assert gone not in phone.entities["mentees"]


def test_a_hotels_page_is_not_taken_for_the_server(mlezi, phone, monkeypatch):
    real = Wire.ask
    monkeypatch.setattr(Wire, "ask", lambda *a, **k: type(real(*a, **k))(200, {"content-type": "text/html"}, b"<html>"))

    with pytest.raises(Refused):
        phone.send(Record(mlezi.record()), AFTERNOON)
