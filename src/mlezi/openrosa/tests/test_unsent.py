"""A phone that found no line is carried to the office as a file: once, whole, and clear about what is damaged."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mlezi.instruments.actions import receiving
from mlezi.instruments.models import Quarantined, Submission
from mlezi.openrosa import carrying, problems
from mlezi.plumbing import clock
from mlezi.testing.makers import forms

VISIT = """
    | settings |
    |          | form_id | version |
    |          | visit   | 1       |
    | survey   |
    |          | type    | name  | label      |
    |          | text    | note  | Note       |
    |          | image   | photo | Photograph |
"""
PHOTO = bytes(range(256)) * 40


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def record(number):
    return (
        f'<data id="visit" version="1"><note>{number}</note><photo>p{number}.jpg</photo>'
        f"<meta><instanceID>uuid:{number}</instanceID></meta></data>"
    ).encode()


def export(world, *numbers, programme="mwanza", spoil=""):
    """As the phone writes it: see frontend/field/core/exporting.ts."""
    out, entries = io.BytesIO(), []
    with zipfile.ZipFile(out, "w") as archive:
        for at in numbers:
            folder, xml = f"records/{at:04}", record(at)
            parts = {f"{folder}/submission.xml": xml, f"{folder}/files/p{at}.jpg": PHOTO}
            for name, content in parts.items():
                archive.writestr(name, content[:-1] if name == spoil else content)
            files = [{"name": f"p{at}.jpg", "size": len(PHOTO), "sha256": sha256(PHOTO)}]
            entry = {"id": f"uuid:{at}", "form": "visit", "version": "1", "folder": folder}
            entries.append({**entry, "sha256": sha256(xml), "files": files})
        facts = {"format": "mlezi-unsent", "version": 1, "kind": "unsent", "records": entries}
        facts |= {"person": f"{programme}.{world.amina.uid}", "device": "field:1", "made_at": "2026-03-02T08:00:00Z"}
        archive.writestr("mlezi.json", json.dumps(facts))
    return out.getvalue()


@pytest.fixture
def visit(world):
    return forms.published(world.programme, VISIT)


def take_in(world, content):
    return carrying.take_in(io.BytesIO(content), programme=world.programme, at=clock.now())


def test_what_was_carried_is_what_the_phone_wrote(world, visit):
    taken = take_in(world, export(world, 1, 2))

    assert [one.outcome for one in taken] == ["created", "created"]
    stored = Submission.objects.get(instance_id="uuid:1")
    assert bytes(stored.xml) == record(1)
    assert (stored.source, stored.sender) == ("file", world.amina)
    assert stored.attachments.get().sha256 == sha256(PHOTO)


def test_carried_twice_or_sent_meanwhile_it_is_there_once(world, visit):
    receiving.receive(programme=world.programme, xml=record(1), sender=world.amina, at=clock.now())

    first, second = take_in(world, export(world, 1, 2)), take_in(world, export(world, 1, 2))

    assert [one.outcome for one in first] == ["added", "created"]  # its photograph had not come over the line
    assert [one.outcome for one in second] == ["repeated", "repeated"]
    assert Submission.objects.count() == 2


def test_one_damaged_record_spoils_no_other(world, visit):
    taken = take_in(world, export(world, 1, 2, spoil="records/0001/files/p1.jpg"))

    assert [(one.outcome, one.is_here) for one in taken] == [("damaged", False), ("created", True)]
    assert "records/0001/files/p1.jpg" in taken[0].message


@pytest.mark.parametrize(
    "spoil", [lambda whole: whole[: len(whole) // 2], lambda whole: b"%PDF-1.7", lambda whole: b""]
)
def test_half_a_file_or_another_one_is_told_and_nothing_of_it_taken(world, visit, spoil):
    with pytest.raises(problems.NotAnExport):
        take_in(world, spoil(export(world, 1)))

    assert not Submission.objects.exists()
    assert not Quarantined.objects.exists()


def test_a_file_of_another_programme_is_not_taken_in(world, visit):
    with pytest.raises(problems.OtherProgramme):
        take_in(world, export(world, 1, programme="elsewhere"))


def test_the_coordinators_page_says_what_became_of_each(sign_in, world, visit):
    address = reverse("openrosa:unsent", args=["mwanza"])
    file = SimpleUploadedFile("mlezi-unsent.zip", export(world, 1, 2, spoil="records/0002/submission.xml"))

    page = sign_in("chiku").post(address, {"file": file}).content.decode()

    assert "1 record is here" in page
    assert "Not taken in." in page
    broken = sign_in("chiku").post(address, {"file": SimpleUploadedFile("x.zip", b"x")})
    assert broken.status_code == 422
    assert "Copy it from the phone again" in broken.content.decode()
    assert sign_in("chiku").post(address).status_code == 422


def test_only_who_looks_after_phones_may(sign_in, world):
    address = reverse("openrosa:unsent", args=["mwanza"])

    assert sign_in("amina").get(address).status_code == 403
    assert sign_in("daudi").get(address).status_code in (403, 404)
