"""Plays a programme from outside: the command line, a browser's requests, a phone. Never the database."""

from __future__ import annotations

import http.cookiejar
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

from mlezi.formats.record_writing import Blank
from mlezi.testing import command
from mlezi.testing.collect import Collect, Record
from mlezi.testing.server import new_database


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


ROOT = Path(__file__).resolve().parents[2]
BLUEPRINTS = ROOT / "src" / "mlezi" / "blueprints" / "library"


@dataclass
class Installation:
    """One Mlezi in a folder: `mlezi(...)` is its command line."""

    folder: Path
    port: int
    database_url: str = field(default_factory=new_database)  # its own, so that plays do not meet

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "MLEZI_DATA": str(self.folder / "data"),
            "MLEZI_STATIC": str(ROOT / ".tools" / "static"),  # squeezed once for all plays
            "DATABASE_URL": self.database_url,
            "MLEZI_URL": self.url,
            "MLEZI_LOG": "ERROR",
            "PYTHONWARNINGS": "ignore",
        }

    def mlezi(self, *words: object, code: int = 0) -> str:
        """Run a command; its output. Fails when it ends otherwise than with `code`."""
        done = command.run(words, env=self.env, folder=self.folder)
        assert done.code == code, f"mlezi {' '.join(map(str, words))}:\n{done.out}\n{done.err}"
        return done.out

    def asked(self, *words: object) -> object:
        return json.loads(self.mlezi(*words, "--json"))

    @contextmanager
    def serving(self):
        """Web and worker, as one command."""
        serve = [sys.executable, "-m", "mlezi.cli", "serve", "--port", str(self.port)]
        process = subprocess.Popen(serve, env=self.env, cwd=self.folder)
        try:
            self._wait(process)
            yield self
        finally:
            process.terminate()
            process.wait(timeout=60)

    def _wait(self, process):
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"{self.url}/account/login/", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                assert process.poll() is None, "the server ended before it listened"
                time.sleep(0.1)
        raise AssertionError("the server did not listen")

    def visitor(self, name: str, **role: str) -> Visitor:
        """Somebody with a browser, signed in by a one-time link."""
        options = [word for key, value in role.items() for word in (f"--{key}", value)]
        link = self.asked("invite", name, *options)["link"]
        visitor = Visitor(self.url)
        visitor.submit(link)
        return visitor


class Visitor:
    """A browser without pictures: pages as trees, forms as people send them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def fetch_with_token(self, path: str, data: bytes) -> tuple[int, bytes, str]:
        """What a script of a page sends: JSON, with the token from the cookie."""
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), "") or ""
        return self.fetch(path, data, "application/json", **{"X-CSRFToken": token})

    def fetch(self, path: str, data: bytes | None = None, kind: str = "", **more: str) -> tuple[int, bytes, str]:
        """Status, body and where it came from after redirects."""
        headers = {"Referer": self.url, **more, **({"Content-Type": kind} if kind else {})}
        request = urllib.request.Request(urllib.parse.urljoin(self.url, path), data, headers)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.read(), answer.url
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), error.url

    def page(self, path: str):
        status, body, url = self.fetch(path)
        assert status == 200, f"{path}: {status}"
        tree = html.fromstring(body)
        tree.make_links_absolute(url)
        return tree

    def text(self, path: str) -> str:
        return " ".join(self.page(path).text_content().split())

    def status(self, path: str) -> int:
        return self.fetch(path)[0]

    def submit(self, path: str, form: str = "//main//form[@method='post']", to: str = "", **fields: object):
        """Fill in the page's form and send it; the page that answers."""
        found = self.page(path).xpath(form)
        assert found, f"{path} has no such form"
        values = dict(found[0].form_values()) | {name: str(value) for name, value in fields.items()}
        action = urllib.parse.urljoin(path if "://" in path else self.url + path, to or found[0].get("action") or path)
        status, body, url = self.fetch(action, urllib.parse.urlencode(values).encode())
        assert status == 200, f"{action}: {status} {body[:500]!r}"
        tree = html.fromstring(body)
        tree.make_links_absolute(url)
        return tree


class Phone(Collect):
    """A phone with ODK Collect, whose owner fills in forms without a network and sends them later."""

    def fill(self, form_id: str, answers, *, uid: str) -> Record:
        """One finished form; calculated values are given, as the form would calculate them."""
        xml = max((version, xml) for (name, version), (_, xml) in self.forms.items() if name == form_id)[1]
        return Record(Blank(xml).filled(answers, instance_id=f"uuid:{uid}"))

    def row(self, name: str, label: str) -> dict[str, str]:
        """What a list on the phone holds about somebody or some place, by label."""
        return next(row for row in self.entities[name].values() if row["label"] == label)


def eventually(ask, *, seconds: float = 30):
    """Wait until `ask` gives something true: the worker derives behind the answer to the phone."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        found = ask()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("it did not come true in time")
