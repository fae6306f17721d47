"""A phone with the app's engine room on it: a real Chromium of its own, to be killed, its clock to be moved.

The page has no screens. It loads the same built code that the screens use and plays it as they would.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mlezi.plumbing import assets
from mlezi.testing.browser import executable

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--remote-debugging-port=0", "--disable-dev-shm-usage",
]  # fmt: skip
HURRY = {"answer": 20_000, "perByte": 1, "between": 20, "backoff": 3_600_000}
HARNESS = (Path(__file__).parent / "handset.js").read_text("utf-8")


def built(source: str) -> str:
    """Address of a built file by its source in `frontend/`."""
    manifest = json.loads((assets.BUILT / "manifest.json").read_text("utf-8"))
    return f"/static/built/{manifest[source]['file']}"


class Handset:
    """`play("core.records()")` runs a script in the page, where `core`, `device` and handset.js are at hand."""

    def __init__(self, playwright: Any, folder: Path, url: str) -> None:
        self.playwright, self.folder, self.url = playwright, folder, url
        self.days = 0.0  # its clock is ahead by
        self.patience: dict[str, float] = dict(HURRY)
        self.iterations = 1000
        self.page: Any = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Open the browser with what it kept."""
        port_file = self.folder / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        command = [executable(), *FLAGS, f"--user-data-dir={self.folder}", "about:blank"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, start_new_session=True, **quiet)  # type: ignore[call-overload]  # noqa: S603
        for _ in range(600):
            if port_file.exists() and "\n" in port_file.read_text():
                break
            time.sleep(0.05)
        port = port_file.read_text().split()[0]
        self.browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        self.open()

    def open(self) -> None:
        """A page with nobody unlocked."""
        context = self.browser.contexts[0]
        self.page = context.pages[0] if context.pages else context.new_page()
        self.page.goto(self.url + built("worker/main.ts"))
        self.load()

    def load(self) -> None:
        facts = {"chunk": built("proof/main.ts"), "days": self.days, "options": self.options}
        self.page.evaluate(HARNESS, facts)

    @property
    def options(self) -> dict[str, Any]:
        return {"patience": self.patience, "iterations": self.iterations}

    def reload(self) -> None:
        """The tab dies in the middle of whatever it does; a new one starts."""
        self.open()

    def kill(self) -> None:
        """SIGKILL to the browser: as a flat battery, nothing gets to say goodbye."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self.folder / name).unlink(missing_ok=True)

    def play(self, script: str, *given: Any) -> Any:
        """The value of an async script; `given` are its arguments `a`, `b`, …"""
        names = ", ".join("abcdef"[: len(given)])
        return self.page.evaluate(f"async ([{names}]) => {{ {_returning(script)} }}", list(given))

    def begin(self, script: str, *given: Any) -> None:
        """Start it and do not wait: it may be killed on the way."""
        names = ", ".join("abcdef"[: len(given)])
        self.page.evaluate(f"([{names}]) => {{ void (async () => {{ {script} }})().catch(() => 0) }}", list(given))

    def enrol(self, code: str, pin: str) -> None:
        self.play("window.core = await device.enrol(a, b)", code, pin)

    def unlock(self, pin: str) -> None:
        self.play("window.core = await device.unlock((await device.people())[0].id, a)", pin)

    def full(self, bytes_left: int | None) -> None:
        """The phone has no more room than that; None: as much as there is."""
        session = self.page.context.new_cdp_session(self.page)
        used = self.play("(await navigator.storage.estimate()).usage") if bytes_left is not None else 0
        quota = {} if bytes_left is None else {"quotaSize": used + bytes_left}
        session.send("Storage.overrideQuotaForOrigin", {"origin": self.url, **quota})
        session.detach()


def _returning(script: str) -> str:
    return script if "return" in script or ";" in script else f"return {script}"


@contextmanager
def handset(playwright: Any, folder: Path, url: str) -> Iterator[Handset]:
    """A phone that was just switched on."""
    phone = Handset(playwright, folder, url)
    phone.start()
    try:
        yield phone
    finally:
        phone.kill()
