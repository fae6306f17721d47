"""A real Chromium against a live server. Tests that ask for `browse` carry the marker `browser`.

def test_a_page(browse):
    page = browse("amina", "/mwanza/forms/")
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mlezi.plumbing import assets
from mlezi.testing.cast import World

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a microphone that beeps
    "--use-fake-ui-for-media-stream",
]
# The shell is the same engine without windows, tabs and menus around it: four times less work for a page.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FRONTEND = Path(__file__).resolve().parents[3] / "frontend"


def executable() -> str:
    """The Chromium of this machine."""
    return os.environ.get("MLEZI_CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), "")


@pytest.fixture(scope="session")
def built() -> None:
    """The pages' scripts and styles, built once when nobody has built them yet."""
    if (assets.BUILT / "manifest.json").exists():
        return
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("The front end is not built and npm is missing. Run `python3 dev.py test`, which brings both.")
    for command in (["ci"], ["run", "build"]):
        subprocess.run([npm, *command], cwd=FRONTEND, check=True, capture_output=True)  # noqa: S603


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only browser tests pay for it

    # Playwright keeps an event loop in this thread; our own queries here are short and alone.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Any) -> Iterator[Any]:
    browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def browse(
    world: World, live_server: Any, chromium: Any, built: None, sign_in: Callable[[str], Any]
) -> Iterator[Callable[..., Any]]:
    """`browse(name, path, width=…)` opens a page signed in as that person. A script that fails fails the test."""
    contexts, complaints = [], []

    def open_(name: str, path: str, *, width: int = 1280, context: Any = None) -> Any:
        if context is None:
            context = chromium.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
            session = sign_in(name).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
