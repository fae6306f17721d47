"""What becomes of a record at the door."""

from datetime import timedelta

import pytest

from mlezi.audit.models import Event
from mlezi.instruments import store
from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import Outcome
from mlezi.instruments.models import Attachment, Quarantined, Submission
from mlezi.instruments.queries import submissions
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import file, published, record


@pytest.fixture
def visit(world, settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": _folder(tmp_path)}
    return published(world.programme)


def _folder(path):
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(path)}}


@pytest.fixture
def send(world, visit):
    def send_(xml, *files, at=MORNING, **more):
        more.setdefault("programme", world.programme)
        return receiving.receive(xml=xml, files=files, sender=world.amina, at=at, **more)

    return send_


def test_a_new_record_is_kept_byte_for_byte(send, visit):
    xml = record("uuid:1", end="2026-03-02T08:59:00.000+03:00")

    receipt = send(xml)

    row = Submission.objects.get()
    assert receipt.outcome is Outcome.CREATED
    assert bytes(row.xml) == xml
    assert row.form_version == visit
    assert row.root_id == "uuid:1"
    assert row.device_time_at == MORNING - timedelta(minutes=1)
    assert Event.objects.get(name="submission.received").subject_id == str(row.pk)


def test_the_same_again_changes_nothing(send):
    xml = record("uuid:1")
    send(xml)

    assert send(xml).outcome is Outcome.REPEATED
    assert Submission.objects.count() == 1
    assert Event.objects.filter(name="submission.received").count() == 1


def test_other_bytes_under_the_same_id_are_kept_for_a_person(send):
    send(record("uuid:1"))

    receipt = send(record("uuid:1", note="Other words."))

    assert receipt.outcome is Outcome.CONFLICTING
    assert Submission.objects.count() == 1
    assert b"Other words." in bytes(Quarantined.objects.get().content)


def test_quarantine_counts_what_comes_again(send):
    send(record("uuid:1"))
    other = record("uuid:1", note="Other words.")
    send(other)
    send(other)

    assert Quarantined.objects.get().n_times == 2


def test_an_unknown_version_is_kept_and_parked(send):
    receipt = send(record("uuid:1", version="99"))

    assert receipt.outcome is Outcome.PARKED
    assert receipt.submission.state == Submission.State.PARKED


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b"", "submission.not_xml"),
        (b"\x00\xff\xfe", "submission.not_xml"),
        (b"<data id='visit'>", "submission.not_xml"),
        (b"<data id='visit' version='1'/>", "submission.no_instance_id"),
        (b"<!DOCTYPE d [<!ENTITY a 'b'>]><data id='visit'>&a;</data>", "submission.document_type"),
        (b"<data id='visit'>" + b"<a>" * 200 + b"</a>" * 200 + b"</data>", "submission.too_deep"),
        (b"<?xml version='1.0' encoding='klingon'?><data id='visit'/>", "submission.not_xml"),
        (record("uuid:1", form_id="nobody-knows"), "submission.unknown_form"),
        (record("uuid:" + "1" * 400), "submission.name_too_long"),
        (record("uuid:2", replaces="uuid:never-came"), "submission.unknown_original"),
    ],
)
def test_what_cannot_be_a_submission_is_kept_whole(send, xml, reason):
    receipt = send(xml)

    kept = Quarantined.objects.get()
    assert receipt.outcome is Outcome.REFUSED
    assert kept.reason == receipt.reason == reason
    assert bytes(kept.content) == xml
    assert not Submission.objects.exists()


def test_files_are_kept_and_missing_ones_named(send):
    xml = record("uuid:1", photo="p.jpg")
    first = send(xml)
    assert submissions.missing_files(first.submission) == ["p.jpg"]

    again = send(xml, file("p.jpg", b"picture"))

    assert again.outcome is Outcome.ADDED
    assert submissions.missing_files(again.submission) == []
    assert b"".join(store.pieces(Attachment.objects.get().key)) == b"picture"
    assert send(xml, file("p.jpg", b"picture")).outcome is Outcome.REPEATED


def test_a_file_nobody_asked_for_is_kept_too(send):
    send(record("uuid:1"), file("audit.csv", b"event"))

    assert not Attachment.objects.get().is_expected


def test_two_files_of_one_name_are_both_kept(send):
    xml = record("uuid:1", photo="p.jpg")
    send(xml, file("p.jpg", b"one"))

    receipt = send(xml, file("p.jpg", b"two"))

    assert receipt.outcome is Outcome.CONFLICTING
    assert b"two" in bytes(Quarantined.objects.get().content)
    assert b"".join(store.pieces(Attachment.objects.get().key)) == b"one"


def test_an_edit_takes_the_place_of_the_record_and_keeps_its_photograph(send):
    send(record("uuid:1", photo="p.jpg"), file("p.jpg", b"picture"))

    receipt = send(record("uuid:2", photo="p.jpg", note="Corrected.", replaces="uuid:1"))

    assert receipt.outcome is Outcome.EDITED
    assert receipt.submission.root_id == "uuid:1"
    assert submissions.missing_files(receipt.submission) == []
    assert list(Submission.objects.filter(is_current=True)) == [receipt.submission]


def test_an_edit_sent_again_is_a_repeat(send):
    send(record("uuid:1"))
    edit = record("uuid:2", replaces="uuid:1")
    send(edit)

    assert send(edit).outcome is Outcome.REPEATED
    assert send(record("uuid:1")).outcome is Outcome.REPEATED


def test_an_edit_of_what_was_edited_goes_to_a_person(send):
    send(record("uuid:1"))
    send(record("uuid:2", replaces="uuid:1"))

    receipt = send(record("uuid:3", replaces="uuid:1"))

    assert receipt.outcome is Outcome.CONFLICTING
    assert receipt.reason == "submission.stale_edit"


def test_a_chain_of_edits_keeps_its_root(send):
    send(record("uuid:1"))
    send(record("uuid:2", replaces="uuid:1"))

    receipt = send(record("uuid:3", replaces="uuid:2"))

    assert receipt.submission.root_id == "uuid:1"
    assert Submission.objects.get(is_current=True) == receipt.submission


def test_an_edit_that_came_first_is_closed_in_quarantine_when_it_fits(send):
    edit = record("uuid:2", replaces="uuid:1")
    assert send(edit).outcome is Outcome.REFUSED
    send(record("uuid:1"))

    assert send(edit).outcome is Outcome.EDITED
    assert Quarantined.objects.get().outcome == Quarantined.Outcome.TAKEN_IN


def test_a_new_file_takes_the_place_of_one_carried_forward(send):
    send(record("uuid:1", photo="p.jpg"), file("p.jpg", b"old"))
    edit = record("uuid:2", photo="p.jpg", replaces="uuid:1")
    send(edit)

    assert send(edit, file("p.jpg", b"new")).submission.instance_id == "uuid:2"
    keys = {row.submission.instance_id: b"".join(store.pieces(row.key)) for row in Attachment.objects.all()}
    assert keys == {"uuid:1": b"old", "uuid:2": b"new"}


def test_the_same_id_in_another_programme_is_another_record(send, world):
    published(world.other)
    send(record("uuid:1"))

    assert send(record("uuid:1", note="Theirs."), programme=world.other).outcome is Outcome.CREATED


def test_a_large_body_lies_in_the_store(send):
    send(record("uuid:1"))
    big = record("uuid:1", note="x" * 1_200_000)
    send(big)

    kept = Quarantined.objects.get()
    assert bytes(kept.content) == b""
    assert b"".join(store.pieces(kept.key)) == big


def test_nobody_corrects_what_somebody_else_sent(world, send):
    first = send(record("uuid:1"))

    receipt = receiving.receive(
        programme=world.programme, xml=record("uuid:2", replaces="uuid:1"), sender=world.baraka, at=MORNING
    )

    assert receipt.outcome is Outcome.CONFLICTING
    assert receipt.reason == "submission.not_theirs"
    assert Submission.objects.get(is_current=True) == first.submission
    assert Quarantined.objects.get().reason == "submission.not_theirs"


def test_a_coordinator_may_correct_what_somebody_sent(world, send):
    send(record("uuid:1"))

    receipt = receiving.receive(
        programme=world.programme, xml=record("uuid:2", replaces="uuid:1"), sender=world.chiku, at=MORNING
    )

    assert receipt.outcome is Outcome.EDITED
