"""The doctor finds what a person would only meet when it hurts."""

from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mlezi.cli import doctor
from mlezi.instruments.actions import receiving
from mlezi.instruments.models import Attachment, Quarantined
from mlezi.plumbing import installation, schema
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import file, published, record
from mlezi.testing.organisation import organisation


def broken():
    """But for the worker: none runs here, and the records of the makers are old."""
    found = (one for one in doctor.examine() if one.state == "broken" and one.subject != "worker")
    return [f"{one.subject}: {one.says} {one.remedy}" for one in found]


@pytest.fixture
def kept(world, settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    settings.DATA = tmp_path
    published(world.programme)
    for number in range(doctor.A_FEW + 2):
        xml = record(f"uuid:{number}", photo="p.jpg")
        receiving.receive(
            programme=world.programme, xml=xml, files=[file("p.jpg", b"%d" % number)], sender=world.amina, at=MORNING
        )
    return Attachment.objects.order_by("pk")


def test_all_is_well_while_it_is(kept):
    assert broken() == []


def test_an_old_file_that_is_gone_is_found_and_named(kept):
    default_storage.delete(kept[0].key)

    (said,) = broken()
    assert "1 files are gone and 0 have another length" in said
    assert str(kept[0].submission_id) in said


def test_a_file_of_another_length_is_found(kept):
    default_storage.delete(kept[1].key)
    default_storage.save(kept[1].key, ContentFile(b"something else"))

    assert "0 files are gone and 1 have another length" in broken()[0]


def test_a_body_in_quarantine_that_is_gone_is_found(kept, world):
    Quarantined.objects.create(
        programme=world.programme, reason="x", key="quarantine/none", size=9, sha256="0" * 64, received_at=MORNING
    )

    assert "quarantine" in broken()[0]


def history(*applied):
    return SimpleNamespace(
        disk_migrations={("instruments", "0001_initial"): None, ("instruments", "0006_fewer_pages"): None},
        applied_migrations=dict.fromkeys([("instruments", "0001_initial"), ("sites", "0099_of_others"), *applied]),
    )


def test_a_change_of_a_later_version_is_known_by_its_number():
    assert schema.beyond(history(("instruments", "0007_from_later"))) == "instruments.0007_from_later"
    assert schema.beyond(history(("instruments", "0002_as_it_was_called_once"))) == ""


@pytest.mark.django_db
def test_tables_of_a_newer_version_are_left_alone(monkeypatch):
    monkeypatch.setattr(schema, "beyond", lambda loader: "instruments.0007_from_later")

    (said,) = broken()
    assert said.startswith("tables: The tables are of a newer version of Mlezi (instruments.0007_from_later)")
    with pytest.raises(installation.TablesAreNewer):
        installation.ensure_tables()
    with pytest.raises(installation.TablesAreNewer):
        installation.update_tables()


def told_of(subject):
    return [one for one in doctor.examine() if one.subject == subject]


def test_the_organisations_sign_in_is_tried(kept, settings):
    with organisation() as server:
        settings.OIDC_SERVER, settings.OIDC_CLIENT, settings.OIDC_SECRET = server.url, "mlezi", ""
        assert "MLEZI_OIDC_SECRET not set" in told_of("MLEZI_OIDC_SERVER")[0].says
        settings.OIDC_SECRET = "between the two of us"  # noqa: S105 - of a made-up server
        [found] = told_of("MLEZI_OIDC_SERVER")
        assert (found.state, found.says.split("/account")[-1]) == ("well", "/oidc/organisation/login/callback/")

    settings.OIDC_SERVER = "sso.example.org"
    assert "does not describe itself" in told_of("MLEZI_OIDC_SERVER")[0].says


def test_a_store_that_cannot_even_be_made_is_told(kept, settings):
    settings.S3_BUCKET = "files"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "mlezi.no.such.store"}}

    taking, looking = told_of("attachments")
    assert "does not take files: Could not find backend" in taking.says
    assert "cannot be looked for" in looking.says
    assert "MLEZI_S3_BUCKET" in taking.remedy


def test_an_address_of_a_store_without_a_bucket_is_told(kept, settings):
    settings.S3_ENDPOINT = "https://minio.example.org"

    assert told_of("MLEZI_S3_BUCKET")[0].state == "look"
