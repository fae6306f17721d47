"""Where files lie: a folder, or a store that speaks S3."""

from contextlib import closing
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.base import File
from django.utils.module_loading import import_string

from mlezi.instruments import problems, store
from mlezi.instruments.actions import receiving
from mlezi.instruments.actions.resolving import opened
from mlezi.instruments.queries.submissions import missing_files
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import file, published, record

FOLDER = "django.core.files.storage.FileSystemStorage"
ELSEWHERE = "storages.backends.s3.S3Storage"


@pytest.fixture(scope="module")
def bucket():
    """A bucket on a server of this machine that speaks S3; the options of a storage that keeps files there."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    name = f"files-{uuid4().hex}"  # the server's buckets live as long as this process
    options = {
        "bucket_name": name, "endpoint_url": f"http://{host}:{port}", "file_overwrite": False,
        "access_key": "key", "secret_key": "secret", "region_name": "af-south-1",
    }  # fmt: skip
    storage = import_string(ELSEWHERE)(**options)
    storage.connection.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "af-south-1"})
    yield options
    server.stop()


@pytest.fixture(params=[FOLDER, ELSEWHERE])
def backend(request, settings, tmp_path):
    options = {"location": str(tmp_path)} if request.param == FOLDER else request.getfixturevalue("bucket")
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


def test_what_is_not_there_is_said_so(backend):
    with pytest.raises(problems.FileGone):
        store.open_file("a/00/nothing").read()


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


def test_bytes_that_are_gone_are_said_before_an_answer_begins(backend):
    with pytest.raises(problems.FileGone):
        store.pieces("a/00/nothing")
