"""Where files lie: a folder, or any store that speaks Django's storage interface (S3 among them)."""

from contextlib import closing
from io import BytesIO

import pytest
from django.core.files.base import File

from mlezi.instruments import store
from mlezi.instruments.actions import receiving
from mlezi.instruments.actions.resolving import opened
from mlezi.instruments.queries.submissions import missing_files
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import file, published, record

FOLDER = "django.core.files.storage.FileSystemStorage"
ELSEWHERE = "django.core.files.storage.InMemoryStorage"


@pytest.fixture(params=[FOLDER, ELSEWHERE])
def backend(request, settings, tmp_path):
    options = {"location": str(tmp_path)} if request.param == FOLDER else {}
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": request.param, "OPTIONS": options}}
    return request.param


def content(data):
    return File(BytesIO(data))


def test_what_is_put_is_there_under_its_hash(backend):
    stored = store.put(content(b"picture"), under="attachments/x")

    assert stored.size == 7
    assert stored.key == f"attachments/x/{stored.sha256[:2]}/{stored.sha256}"
    assert b"".join(store.pieces(stored.key)) == b"picture"


def test_the_same_bytes_are_kept_once(backend):
    first, second = (store.put(content(b"picture"), under="attachments/x") for _ in range(2))

    assert first == second


def test_large_files_are_kept_in_pieces(backend):
    data = bytes(range(256)) * 20_000

    assert b"".join(store.pieces(store.put(content(data), under="a").key)) == data


def test_records_and_quarantine_work_on_either(backend, world):
    published(world.programme)
    xml = record("uuid:1", photo="p.jpg")
    kept = receiving.receive(
        programme=world.programme, xml=xml, files=[file("p.jpg")], sender=world.amina, at=MORNING
    ).submission
    big = record("uuid:1", note="x" * 1_200_000)
    waiting = receiving.receive(programme=world.programme, xml=big, sender=world.amina, at=MORNING).quarantined

    assert missing_files(kept) == []
    with closing(opened(waiting)) as body:
        assert body.read() == big


def test_a_failed_write_leaves_nothing_half(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": FOLDER, "OPTIONS": {"location": str(tmp_path)}}}

    class Breaks:
        def chunks(self):
            yield b"half"
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        store.put(Breaks(), under="a")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
