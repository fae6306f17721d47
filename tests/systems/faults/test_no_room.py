"""A full disk and a disk that cannot be written: said clearly, and nothing half-kept."""

from __future__ import annotations

import os
import subprocess
import xml.etree.ElementTree as ET
from contextlib import contextmanager

import pytest

from mlezi.testing.server import installed
from mlezi.testing.wire import Wire
from tests.systems.faults.conftest import KIND, records

RESPONSE = "{http://openrosa.org/http/response}message"


@contextmanager
def small_disk(folder, size="24m"):
    """A file system of its own in memory; needs the right to mount one."""
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def post(server, record):
    return Wire(f"{server.url}/phone/key/{server.facts['token']}").ask("POST", "submission", record.body, KIND)


def told(answer):
    assert answer.status == 503
    assert answer.headers["retry-after"]
    return ET.fromstring(answer.body).findtext(RESPONSE)


def test_a_full_disk_is_said_and_what_was_taken_is_whole(tmp_path):
    with small_disk(tmp_path), installed(parent=tmp_path) as server:
        server.start()
        sent = records(400, 3, server.facts["form_id"], size=200_000)
        answers = []
        for record in sent:
            answers.append(post(server, record))
            record.accepted = answers[-1].status == 201
            if len(answers) > 3 and all(answer.status == 503 for answer in answers[-3:]):
                break
        if os.environ.get("DATABASE_URL"):
            # The database lies elsewhere: only files fill this disk.
            assert {answer.status for answer in answers} <= {201, 503}
        else:
            assert "imejaa" in told(answers[-1])
            assert "inabaki kwenye simu" in told(answers[-1])
        server.kill()
        held = server.contents()["records"]
    assert {uid: [rows[0]] for uid, rows in held.items()} == {r.instance_id: [r.kept] for r in sent if r.accepted}


@contextmanager
def unwritable(folder, view):
    """The same folder once more, under `view`, where nothing can be written."""
    view.mkdir()
    if subprocess.run(["mount", "--bind", str(folder), str(view)], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(view)], check=True)
        yield view
    finally:
        subprocess.run(["umount", "-l", str(view)], check=True)


@pytest.mark.one_database
def test_a_disk_that_cannot_be_written_is_said(tmp_path):
    with installed(parent=tmp_path) as server:
        first, second = records(2, 3, server.facts["form_id"])
        first.files["p.jpg"] = second.files["p.jpg"] = b"picture"
        server.start()
        assert post(server, first).status == 201
        server.kill()
        with unwritable(server.data, tmp_path / "view") as view:
            server.env["MLEZI_DATA"] = str(view)
            server.start()
            assert "haiwezi kuandikwa" in told(post(server, second))
            server.kill()
        server.env["MLEZI_DATA"] = str(server.data)
        server.start()
        assert post(server, second).status == 201
        assert server.contents()["records"].keys() == {first.instance_id, second.instance_id}


@pytest.mark.one_database
def test_a_file_larger_than_the_disk_allows_is_said():
    """Where no disk can be mounted, a limit on the size of files stands for it."""
    with installed() as server:
        server.start(limits="-f 4096")  # blocks of 512 bytes: two megabytes
        big, small = records(2, 5, server.facts["form_id"])
        big.files["big.jpg"] = b"\xff" * 3_000_000
        answer = post(server, big)
        assert answer.status == 503
        server.kill()
        server.start()
        assert post(server, big).status == 201
        assert post(server, small).status == 201
        held = server.contents()["records"]
    assert held == {record.instance_id: [record.kept] for record in (big, small)}
