"""The pages where people resolve what could not be read."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mlezi.instruments.actions import receiving
from mlezi.instruments.models import Quarantined, Submission
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import file, published, record

pytestmark = pytest.mark.one_database


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
def kept(send):
    send(record("uuid:1", note="First words."))
    return send(record("uuid:1", note="Other words."), file("p.jpg")).quarantined


@pytest.fixture
def parked(send):
    return send(record("uuid:2", version="99")).submission


def at(name, *args):
    return reverse(f"instruments:{name}", args=["mwanza", *args])


def test_the_list_says_why_and_from_whom(sign_in, kept):
    page = sign_in("chiku").get(at("quarantine")).content.decode()

    assert "Another record with the same id is here" in page
    assert "Amina" in page


def test_the_list_can_be_downloaded(sign_in, kept):
    rows = sign_in("chiku").get(at("quarantine") + "?format=csv").content.decode().splitlines()

    assert len(rows) == 2


def test_the_two_records_are_compared(sign_in, kept):
    page = sign_in("chiku").get(at("quarantined", kept.pk)).content.decode()

    assert "/data/note" in page
    assert "First words." in page
    assert "Other words." in page
    assert "p.jpg" in page


def test_the_bytes_are_downloaded_as_they_came(sign_in, kept):
    answer = sign_in("chiku").get(at("quarantined_content", kept.pk))

    assert b"".join(answer.streaming_content) == bytes(kept.content)
    assert "attachment" in answer["Content-Disposition"]


def test_it_is_taken_in_as_a_correction(sign_in, kept):
    answer = sign_in("chiku").post(at("quarantined_decide", kept.pk), {"wish": "correct"}, follow=True)

    assert answer.status_code == 200
    assert Submission.objects.get(is_current=True).xml == record("uuid:1", note="Other words.")


def test_it_is_set_aside_only_with_a_reason(sign_in, kept):
    client = sign_in("chiku")
    page = client.post(at("quarantined_decide", kept.pk), {"wish": "set_aside"}, follow=True).content.decode()
    assert "Please write why" in page

    client.post(at("quarantined_decide", kept.pk), {"wish": "set_aside", "note": "Sent by mistake."})
    assert Quarantined.objects.get(pk=kept.pk).outcome == "set_aside"


def test_a_mended_copy_is_uploaded(sign_in, send):
    broken = send(b"<data").quarantined
    mended = SimpleUploadedFile("mended.xml", record("uuid:9"))
    sign_in("chiku").post(at("quarantined_decide", broken.pk), {"wish": "take_in", "corrected": mended})

    assert Submission.objects.get().instance_id == "uuid:9"


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00", b"<script>alert(1)</script>", b"<a>" * 500])
def test_any_content_can_be_looked_at(sign_in, send, content):
    kept = send(content).quarantined
    page = sign_in("chiku").get(at("quarantined", kept.pk))

    assert page.status_code == 200
    assert b"<script>alert(1)" not in page.content


def test_a_parked_record_is_read_as_a_version(sign_in, parked, visit):
    client = sign_in("chiku")
    assert "99" in client.get(at("parked")).content.decode()
    assert "Its version of the form" in client.get(at("parked_one", parked.pk)).content.decode()
    client.post(at("parked_decide", parked.pk), {"wish": "read_as", "version": visit.pk})

    parked.refresh_from_db()
    assert parked.form_version == visit


def test_a_parked_record_is_downloaded_as_it_came(sign_in, parked):
    assert sign_in("chiku").get(at("parked_content", parked.pk)).content == record("uuid:2", version="99")


PAGES = ["quarantined", "quarantined_content", "parked_one", "parked_content"]


@pytest.mark.parametrize("name", ["quarantine", "parked"])
def test_daudi_does_not_find_the_lists(sign_in, kept, parked, name):
    assert sign_in("daudi").get(at(name)).status_code == 404
    theirs = sign_in("daudi").get(reverse(f"instruments:{name}", args=["choma"]))
    assert b"Amina" not in theirs.content


@pytest.mark.parametrize("name", PAGES)
def test_daudi_finds_nothing_of_this_programme_under_his_own(sign_in, kept, parked, name):
    uid = kept.pk if name.startswith("quarantined") else parked.pk
    assert sign_in("daudi").get(reverse(f"instruments:{name}", args=["choma", uid])).status_code == 404
    assert sign_in("daudi").get(at(name, uid)).status_code == 404


@pytest.mark.parametrize("who", ["amina", "baraka", "eliya", "neema"])
def test_only_those_who_may_resolve_come_in(sign_in, kept, who):
    assert sign_in(who).get(at("quarantine")).status_code == 403
    assert sign_in(who).post(at("quarantined_decide", kept.pk), {"wish": "correct"}).status_code == 403


def test_a_coordinator_of_one_district_sees_what_its_people_sent(sign_in, send, world):
    world.chiku.roles.update(place=world.magu)
    kept = send(b"rubbish").quarantined
    assert sign_in("chiku").get(at("quarantined", kept.pk)).status_code == 404

    world.amina.posts.update(place=world.kisesa)
    assert sign_in("chiku").get(at("quarantined", kept.pk)).status_code == 200


def test_a_request_whose_bytes_are_gone_is_told_and_can_be_set_aside(send, sign_in):
    kept = send(b"no record " * 200_000).quarantined
    default_storage.delete(kept.key)
    chiku, page = sign_in("chiku"), reverse("instruments:quarantined", args=["mwanza", kept.pk])

    shown, bytes_ = chiku.get(page), chiku.get(f"{page}bytes/")

    assert shown.status_code == 200
    assert "not in the store any more" in shown.content.decode()
    assert bytes_.status_code == 410
    chiku.post(f"{page}decide/", {"wish": "take_in"})
    chiku.post(f"{page}decide/", {"wish": "set_aside", "note": "The disk failed."})
    assert Quarantined.objects.get().outcome == "set_aside"
