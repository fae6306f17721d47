"""A backup is one moment, whole, and comes back identical."""

import errno
import os
import subprocess
import sys
import threading
import zipfile
from functools import partial

import pytest
from click.testing import CliRunner
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from mlezi.audit.models import Event
from mlezi.cli import backup as cli_backup
from mlezi.instruments.actions import receiving
from mlezi.instruments.models import Attachment, Quarantined
from mlezi.people.models import Person
from mlezi.plumbing import backup, schema
from mlezi.plumbing.backup import reading, tables, writing
from mlezi.testing import cast
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import file, published, record

pytestmark = pytest.mark.django_db(transaction=True)


def everything():
    return {model._meta.db_table: list(tables.lines(model)) for model in tables.tables()}


def test_it_comes_back_identical(tmp_path):
    cast.assemble()
    key = default_storage.save("attachments/photo.jpg", ContentFile(b"\xff\xd8 bytes"))
    before = everything()

    backup.write(tmp_path / "all.zip", at=MORNING, keys=lambda: [key])
    default_storage.delete(key)
    call_command("flush", verbosity=0, interactive=False)
    schema.finish()  # a new installation is not quite empty
    backup.restore(tmp_path / "all.zip")

    assert everything() == before
    with default_storage.open(key) as file:
        assert file.read() == b"\xff\xd8 bytes"
    assert Person.objects.create(name="Next", created_at=MORNING).pk > 7


def test_the_commands_take_it_and_bring_it_back_into_an_empty_folder(tmp_path):
    """Two whole installations, as a person would: what `restore` finds is what a new folder truly holds."""

    def run(folder, *words):
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("MLEZI_", "DATABASE_"))}
        command = [sys.executable, "-m", "mlezi.cli", *map(str, words)]
        done = subprocess.run(
            command, env={**keep, "MLEZI_DATA": str(tmp_path / folder)}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("one", "invite", "Farida Lyimo", "--role", "administrator")
    run("one", "backup", tmp_path / "all.zip")
    run("two", "restore", tmp_path / "all.zip")
    run("two", "backup", tmp_path / "again.zip")

    first, second = (zipfile.ZipFile(tmp_path / name) for name in ("all.zip", "again.zip"))
    assert b"Farida Lyimo" in first.read("tables/people_person.jsonl")
    parts = [name for name in first.namelist() if name != "manifest.json"]
    assert {name: first.read(name) for name in parts} == {name: second.read(name) for name in parts}


def test_writes_that_go_on_are_not_half_in_it(tmp_path):
    cast.assemble()
    stop, written = threading.Event(), []

    def write():
        while not stop.is_set():
            written.append(Person.objects.create(name="Busy", created_at=MORNING).pk)
            Event.objects.create(name="person.added", subject_kind="Person", subject_id=str(written[-1]), at=MORNING)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        manifest = backup.write(tmp_path / "busy.zip", at=MORNING, keys=list)
    finally:
        stop.set()
        writer.join()

    people = manifest["tables"]["people_person"]["parts"] - 7
    events = manifest["tables"]["audit_event"]["parts"]
    assert written
    assert 0 <= people - events <= 1


def test_a_damaged_backup_changes_nothing(tmp_path):
    cast.assemble()
    backup.write(tmp_path / "all.zip", at=MORNING, keys=list)
    with zipfile.ZipFile(tmp_path / "all.zip") as old, zipfile.ZipFile(tmp_path / "bad.zip", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"Amina", b"Amona") if "people_person" in name else content)
    call_command("flush", verbosity=0, interactive=False)

    with pytest.raises(reading.NotABackup, match="people_person"):
        backup.restore(tmp_path / "bad.zip")

    assert not Person.objects.exists()


def test_it_is_not_restored_over_data(tmp_path):
    cast.assemble()
    backup.write(tmp_path / "all.zip", at=MORNING, keys=list)

    with pytest.raises(reading.NotEmpty):
        backup.restore(tmp_path / "all.zip")


def test_some_other_file_is_no_backup(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"not a zip")

    with pytest.raises(reading.NotABackup):
        backup.restore(tmp_path / "x.zip")


def test_a_file_that_is_gone_holds_up_nothing_and_is_told(tmp_path):
    cast.assemble()
    key = default_storage.save("attachments/photo.jpg", ContentFile(b"picture"))

    manifest = backup.write(tmp_path / "all.zip", at=MORNING, keys=lambda: [key, "attachments/gone.jpg"])

    assert (list(manifest["files"]), manifest["missing"]) == ([key], ["attachments/gone.jpg"])


def test_a_restore_that_found_no_room_says_so_and_can_be_done_again(tmp_path, monkeypatch):
    cast.assemble()
    key = default_storage.save("attachments/photo.jpg", ContentFile(b"picture"))
    backup.write(tmp_path / "all.zip", at=MORNING, keys=lambda: [key])
    default_storage.delete(key)
    call_command("flush", verbosity=0, interactive=False)
    schema.finish()

    def save(name, content):
        real(name, ContentFile(b"pic"))
        raise OSError(errno.ENOSPC, "No space left on device")

    real = default_storage.save
    with monkeypatch.context() as full:
        full.setattr(default_storage._wrapped, "save", save)
        with pytest.raises(reading.CutShort, match="No space left"):
            backup.restore(tmp_path / "all.zip")
    assert not Person.objects.exists()

    backup.restore(tmp_path / "all.zip")
    with default_storage.open(key) as file:
        assert file.read() == b"picture"


def test_what_lies_in_the_store_is_all_in_it(tmp_path, world, settings):
    """Files of records, and large bodies that wait in quarantine."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    published(world.programme)
    send = partial(receiving.receive, programme=world.programme, sender=world.amina, at=MORNING)
    send(xml=record("uuid:1", photo="p.jpg"), files=[file("p.jpg")])
    send(xml=b"no record " * 200_000, files=[file("q.jpg")])
    large = Quarantined.objects.get()

    done = CliRunner().invoke(cli_backup.command, [str(tmp_path / "all.zip")])

    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        names = [name.removeprefix("files/") for name in archive.namelist()]
    assert {large.key, Attachment.objects.get().key} <= set(names)
    default_storage.delete(large.key)
    again = CliRunner().invoke(cli_backup.command, [str(tmp_path / "all.zip")])
    assert again.exit_code == 3
    assert "lacks 1 files" in again.output


def test_a_backup_that_finds_no_room_leaves_the_older_one_and_no_rest(tmp_path, monkeypatch):
    cast.assemble()
    backup.write(tmp_path / "all.zip", at=MORNING, keys=list)
    before = (tmp_path / "all.zip").read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing, "_stream", full)
    with pytest.raises(writing.NotWritten, match="No space left on device"):
        backup.write(tmp_path / "all.zip", at=MORNING, keys=list)

    assert [file.name for file in tmp_path.iterdir()] == ["all.zip"]
    assert (tmp_path / "all.zip").read_bytes() == before


def test_a_backup_into_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(writing.NotWritten, match="No such file or directory"):
        backup.write(tmp_path / "none" / "all.zip", at=MORNING, keys=list)
