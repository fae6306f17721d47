"""A real server in a process of its own, for tests that go over HTTP or kill it.

`python -m mlezi.testing.server prepare` fills a fresh installation with the cast, a form for the
conformance suite and a phone, and prints what a test needs to know as JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

PASSWORD = "a long good password"  # noqa: S105 - of a made-up person in a throw-away installation


@dataclass
class Server:
    """An installation in a folder, and the process that serves it."""

    data: Path
    env: dict[str, str]
    workers: int = 1
    facts: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        made = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", "mlezi.testing.server", "prepare"],
            env=self.env,
            check=True,
            stdout=subprocess.PIPE,
        )
        self.facts = json.loads(made.stdout.splitlines()[-1])

    def contents(self) -> dict[str, Any]:
        """What the installation holds, every hash worked out again from the bytes: see `_contents`."""
        made = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", "mlezi.testing.server", "contents"],
            env=self.env,
            check=True,
            stdout=subprocess.PIPE,
        )
        return dict(json.loads(made.stdout.splitlines()[-1]))

    def start(self, limits: str = "") -> None:
        """`limits` are words of the shell's ulimit, as in "-f 100". A second start keeps the port."""
        self.port = self.port or _free_port()
        serve = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        serve += ["--port", str(self.port), "--workers", str(self.workers), "--blocking-threads", "4"]
        serve += ["--no-access-log", "--log-level", "warning", "mlezi.config.wsgi:application"]
        if limits:
            words = " ".join(f"'{word}'" for word in serve)
            serve = ["/bin/sh", "-c", f"ulimit {limits}; exec {words}"]
        self.process = subprocess.Popen(serve, env=self.env, start_new_session=True)  # noqa: S603 - ourselves
        self._wait()

    def kill(self) -> None:
        """SIGKILL to the server and its workers: nothing of it gets to say goodbye."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            started = time.monotonic()
            while self._listens() and time.monotonic() - started < 10:
                time.sleep(0.01)  # a worker process takes a moment to be gone

    def _wait(self) -> None:
        started = time.monotonic()
        while time.monotonic() - started < 60:
            if self._listens():
                return self._first_answer()
            if self.process and self.process.poll() is not None:
                raise RuntimeError("The server ended before it listened.")
            time.sleep(0.05)
        raise RuntimeError("The server did not listen within 60 seconds.")

    def _first_answer(self) -> None:
        """It listens before its pages are loaded; no test shall pay for that with its own patience."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        with suppress(OSError, HTTPException), closing(connection):
            connection.request("GET", "/nothing-stands-here/")
            connection.getresponse().read()

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


@contextmanager
def installed(workers: int = 1, parent: Path | None = None, **settings: str) -> Iterator[Server]:
    """A fresh installation, prepared and not yet started; gone afterwards.

    It stands on the kind of database the tests run on. `parent` is the folder to put it in.
    """
    with _database() as database_url, _prepared(database_url, workers, parent, settings) as server:
        yield server


@contextmanager
def _prepared(database_url: str, workers: int, parent: Path | None, settings: Mapping[str, str]) -> Iterator[Server]:
    data = Path(tempfile.mkdtemp(prefix="mlezi-server-", dir=parent))
    (data / "static").mkdir()
    kept: Mapping[str, str] = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    env = {
        **kept,
        "MLEZI_DATA": str(data),
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "mlezi.config.settings",
        "MLEZI_LOG": "ERROR",
        "PYTHONWARNINGS": "ignore",
        **settings,
    }
    server = Server(data, env, workers)
    try:
        server.prepare()
        yield server
    finally:
        server.kill()
        shutil.rmtree(data, ignore_errors=True)


def new_database() -> str:
    """The address of an empty database: none for SQLite, a new one on PostgreSQL when tests run there."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return ""
    name = f"mlezi_server_{secrets.token_hex(4)}"
    _on_postgres(f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"


def _on_postgres(statement: str) -> None:
    import psycopg  # noqa: PLC0415 - only on PostgreSQL

    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as line:
        line.execute(statement.encode())


@contextmanager
def _database() -> Iterator[str]:
    """A new database, gone afterwards."""
    url = new_database()
    try:
        yield url
    finally:
        if url:
            _on_postgres(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _prepare() -> None:
    import django  # noqa: PLC0415 - needs the environment that `installed` gave

    django.setup()
    from mlezi.plumbing import installation  # noqa: PLC0415
    from mlezi.testing import conformance_form  # noqa: PLC0415

    installation.ensure_tables()
    print(json.dumps(conformance_form.install(PASSWORD)))


def _publish() -> None:
    """Publish each form that comes in, one JSON string a line, and say so."""
    import django  # noqa: PLC0415

    django.setup()
    from mlezi.instruments.actions import publishing  # noqa: PLC0415
    from mlezi.people.models import Person  # noqa: PLC0415
    from mlezi.plumbing import clock  # noqa: PLC0415
    from mlezi.programmes.models import Programme  # noqa: PLC0415

    programme, by = Programme.objects.get(code="mwanza"), Person.objects.get(name="Chiku")
    for line in sys.stdin:
        source = json.loads(line).encode()
        publishing.publish(programme=programme, source=source, name="form.md", by=by, at=clock.now())
        print("published", flush=True)


def _contents() -> None:
    """Print instance id → hash of its bytes, hashes of its files, how often it was said to be received."""
    import django  # noqa: PLC0415

    django.setup()
    from mlezi.audit.models import Event  # noqa: PLC0415
    from mlezi.instruments import store  # noqa: PLC0415
    from mlezi.instruments.models import Quarantined, Submission  # noqa: PLC0415

    def sha256(pieces: Iterator[bytes]) -> str:
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
        return digest.hexdigest()

    received = Counter(Event.objects.filter(name="submission.received").values_list("subject_id", flat=True))
    records: dict[str, list[dict[str, Any]]] = {}
    for row in Submission.objects.prefetch_related("attachments"):
        files = {file.name: sha256(store.pieces(file.key)) for file in row.attachments.all()}
        told = {"sha256": sha256(iter([bytes(row.xml)])), "files": files, "received": received[str(row.pk)]}
        records.setdefault(row.instance_id, []).append(told)
    print(json.dumps({"records": records, "quarantined": Quarantined.objects.count()}))


if __name__ == "__main__":
    {"prepare": _prepare, "publish": _publish, "contents": _contents}[sys.argv[1]]()
