"""A real server in a process of its own, for tests that go over HTTP or kill it.

`python -m mlezi.testing.server prepare` fills a fresh installation with the cast, a form for the
conformance suite and a phone, and prints what a test needs to know as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
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

    def start(self, limits: str = "") -> None:
        """`limits` are words of the shell's ulimit, as in "-f 100"."""
        self.port = _free_port()
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

    def _wait(self) -> None:
        started = time.monotonic()
        while time.monotonic() - started < 30:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process and self.process.poll() is not None:
                    raise RuntimeError("The server ended before it listened.") from None
                time.sleep(0.05)
        raise RuntimeError("The server did not listen within 30 seconds.")


@contextmanager
def installed(database_url: str = "", workers: int = 1, **settings: str) -> Iterator[Server]:
    """A fresh installation, prepared and not yet started; gone afterwards."""
    data = Path(tempfile.mkdtemp(prefix="mlezi-server-"))
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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _prepare() -> None:
    import django  # noqa: PLC0415 - needs the environment that `installed` gave

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from mlezi.testing import conformance_form  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    print(json.dumps(conformance_form.install(PASSWORD)))


if __name__ == "__main__":
    _prepare()
