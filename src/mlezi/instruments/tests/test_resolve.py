"""A person looks at what could not be read, and decides."""

import pytest

from mlezi.audit.models import Event
from mlezi.instruments import problems
from mlezi.instruments.actions import parking, receiving, resolving
from mlezi.instruments.models import Quarantined, Submission
from mlezi.instruments.queries.submissions import missing_files
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import file, published, record


@pytest.fixture
def visit(world, settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    return published(world.programme)


@pytest.fixture
def send(world, visit):
    def send_(xml, *files):
        return receiving.receive(programme=world.programme, xml=xml, files=files, sender=world.amina, at=MORNING)

    return send_


@pytest.fixture
def take_in(world):
    def take_in_(kept, **more):
        return resolving.take_in(kept=kept, by=world.chiku, at=MORNING, **more)

    return take_in_


def test_a_record_of_an_unknown_form_is_taken_in_as_the_form_it_is(send, take_in, visit):
    kept = send(record("uuid:1", form_id="visitt", photo="p.jpg"), file("p.jpg")).quarantined

    receipt = take_in(kept, version=visit)

    kept.refresh_from_db()
    assert receipt.submission.form_version == visit
    assert bytes(receipt.submission.xml) == record("uuid:1", form_id="visitt", photo="p.jpg")
    assert missing_files(receipt.submission) == []
    assert (kept.outcome, kept.resolved_by_name, kept.submission) == ("taken_in", "Chiku", receipt.submission)
    assert Event.objects.filter(name="quarantine.taken_in").exists()


def test_it_is_taken_in_with_what_came_in_other_requests(send, take_in, visit):
    xml = record("uuid:1", form_id="visitt", photo="p.jpg")
    kept = send(xml).quarantined
    send(xml, file("p.jpg"))

    assert missing_files(take_in(kept, version=visit).submission) == []
    assert not Quarantined.objects.filter(outcome="open").exists()


def test_it_can_be_taken_in_once_the_form_is_published(send, take_in, world):
    kept = send(record("uuid:1", form_id="other")).quarantined
    with pytest.raises(problems.StillNotReadable):
        take_in(kept)
    published(world.programme, "other")

    assert take_in(kept).submission.form_id == "other"


def test_a_record_without_an_id_gets_one_from_its_bytes(send, take_in):
    xml = b'<data id="visit" version="1"><note>x</note></data>'
    kept = send(xml).quarantined

    assert take_in(kept).submission.instance_id.startswith("sha256:")


def test_a_record_with_neither_form_nor_id_is_taken_in_as_the_form_somebody_chose(send, take_in, visit):
    kept = send(b"<data><note>x</note></data>").quarantined
    named = send(b"<data><note>x</note><meta><instanceID>uuid:5</instanceID></meta></data>").quarantined

    assert take_in(kept, version=visit).submission.instance_id.startswith("sha256:")
    assert take_in(named, version=visit).submission.instance_id == "uuid:5"


def test_a_mended_copy_stands_beside_the_original(send, take_in):
    kept = send(b'<data id="visit" version="1"><broken>').quarantined

    receipt = take_in(kept, corrected=record("uuid:1"))

    kept.refresh_from_db()
    assert bytes(kept.content) == b'<data id="visit" version="1"><broken>'
    assert bytes(receipt.submission.xml) == record("uuid:1")


def test_other_bytes_under_one_id_can_become_a_correction(send, take_in):
    first = send(record("uuid:1")).submission
    kept = send(record("uuid:1", note="Better.")).quarantined

    receipt = take_in(kept, as_correction=True)

    first.refresh_from_db()
    assert not first.is_current
    assert receipt.submission.is_current
    assert receipt.submission.root_id == "uuid:1"
    assert bytes(receipt.submission.xml) == record("uuid:1", note="Better.")


def test_a_stale_edit_can_become_the_newest_correction(send, take_in):
    send(record("uuid:1"))
    send(record("uuid:2", replaces="uuid:1"))
    kept = send(record("uuid:3", replaces="uuid:1")).quarantined

    receipt = take_in(kept, as_correction=True)

    assert (receipt.submission.replaces_id, receipt.submission.root_id) == ("uuid:2", "uuid:1")
    assert Submission.objects.get(is_current=True).instance_id == "uuid:3"


def test_nothing_is_decided_twice(send, take_in, visit, world):
    kept = send(record("uuid:1", form_id="visitt")).quarantined
    take_in(kept, version=visit)

    with pytest.raises(problems.AlreadyResolved):
        resolving.set_aside(kept=kept, note="No.", by=world.chiku, at=MORNING)


def test_what_is_set_aside_says_why_and_can_come_back(send, world):
    kept = send(b"rubbish").quarantined
    with pytest.raises(problems.SayWhy):
        resolving.set_aside(kept=kept, note=" ", by=world.chiku, at=MORNING)

    resolving.set_aside(kept=kept, note="A test.", by=world.chiku, at=MORNING)
    assert resolving.reopen(kept=kept, by=world.chiku, at=MORNING).outcome == "open"


def test_a_parked_record_is_read_when_its_version_is_published(send, world):
    parked = send(record("uuid:1", version="2", photo="p.jpg"), file("p.jpg")).submission

    version = published(world.programme, version="2")
    assert parking.adopt(version=version, by=world.chiku, at=MORNING) == 1

    parked.refresh_from_db()
    assert (parked.state, parked.form_version, parked.expected_files) == ("received", version, ["p.jpg"])
    assert parked.attachments.get().is_expected
    assert Event.objects.filter(name="submission.received", subject_id=str(parked.pk)).exists()


def test_a_parked_record_can_be_read_as_another_version(send, visit, world):
    parked = send(record("uuid:1", version="1b")).submission

    assert parking.read_as(submission=parked, version=visit, by=world.chiku, at=MORNING).form_version == visit
    other = published(world.programme, "other")
    with pytest.raises(problems.OtherForm):
        parking.read_as(submission=parked, version=other, by=world.chiku, at=MORNING)


def test_a_record_set_aside_keeps_its_bytes(send, world):
    row = send(record("uuid:1")).submission
    parking.ignore(submission=row, note="A training record.", by=world.chiku, at=MORNING)

    row.refresh_from_db()
    assert (row.state, bytes(row.xml)) == ("set_aside", record("uuid:1"))
    assert parking.try_again(submission=row, by=world.chiku, at=MORNING).state == "received"
