"""Web and worker as one command, for `serve` and `demo`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException

import click
from django.conf import settings
from django.core.files import locks
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from mlezi import __version__
from mlezi.plumbing.forking import let_go_of_connections
from mlezi.plumbing.problems import Problem

STOPS_WITHIN = 8  # seconds; a web process told to stop while it still loads does not hear it


class PortTaken(Problem):
    status = 409
    code = "cli.port_taken"
    message = "Port {port} is used by another program. Choose another one: --port {other}"


def ensure_free(host: str, port: int) -> None:
    """Raises `PortTaken` before any work is done, rather than after."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(port=port, other=port + 1) from error


def collect_static() -> None:
    """Copy styles and scripts under hashed names, squeezed, once per build. Who comes second waits for the first."""
    built = settings.PACKAGE / "plumbing" / "static" / "built"
    newest = max((path.stat().st_mtime_ns for path in built.rglob("*")), default=0)
    stamp, wanted = settings.STATIC_ROOT / "stamp", f"{__version__} {newest} br"
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    with (settings.STATIC_ROOT / "lock").open("w") as turn:
        locks.lock(turn, locks.LOCK_EX)  # let go when the file is closed
        if not stamp.exists() or stamp.read_text() != wanted:
            unused = ["django_htmx"]  # our bundle has it
            call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=unused)
            stamp.write_text(wanted)


class Worker:
    """A worker process beside the web server; started again when it dies."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()  # a job cut short is found and run again
                self._process.wait()

    def _watch(self) -> None:
        command = [sys.executable, "-m", "mlezi.cli", "worker", "--parent", str(os.getpid())]
        while not self._stopping.is_set():
            self._process = subprocess.Popen(command)  # noqa: S603 - ourselves
            self._process.wait()
            if not self._stopping.is_set():
                click.echo("The worker stopped; starting it again in 3 seconds.", err=True)
                time.sleep(3)


def usual_workers() -> int:
    """Web processes when nobody says how many: Python uses one core each, and more than two want more memory."""
    return min(os.cpu_count() or 1, 2)


def serve(*, host: str, port: int, workers: int, when_ready: Callable[[], None] | None = None) -> None:
    """Serve until interrupted. `when_ready` runs in this process once the first page was answered."""
    collect_static()
    worker = Worker()
    server = Granian(
        "mlezi.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        log_level="warning",
        websockets=False,
        workers_kill_timeout=STOPS_WITHIN,
    )
    worker.start()
    if when_ready:
        threading.Thread(target=_once_it_answers, args=[host, port, when_ready], daemon=True).start()
    let_go_of_connections()  # the web processes are forked from this one
    try:
        server.serve()
    finally:
        worker.stop()


def _once_it_answers(host: str, port: int, then: Callable[[], None]) -> None:
    """It listens before its pages are loaded; only an answer says that somebody may come."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not listened on
    while True:
        with suppress(OSError, HTTPException), closing(HTTPConnection(near, port, timeout=60)) as line:
            line.request("GET", "/", headers={"User-Agent": "mlezi"})
            line.getresponse().read()
            then()
            return let_go_of_connections()  # a web process that died is forked again
        time.sleep(0.1)
