"""A backup is one moment, whole, and comes back identical."""

import os
import subprocess
import sys
import threading
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from mlezi.audit.models import Event
from mlezi.people.models import Person
from mlezi.plumbing import backup, schema
from mlezi.plumbing.backup import reading, tables
from mlezi.testing import cast
from mlezi.testing.cast import MORNING

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
