"""Taguette on the same material, in the same run: installed from PyPI into a folder that is thrown away.

Its project page (every tag with its count) stands beside our table of themes, its document with highlights beside our
coding page. Material is written into its database as we write ours into our own, without a page. Taguette is a peer
in this measurement and no dependency of ours.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

PORT, MOST = 8498, 120  # seconds that its document may take
WANTED = "taguette==1.5.2"
UV = Path(__file__).resolve().parents[1] / ".tools" / "bin" / "uv"
NOW = "2026-03-02 09:00:00.000000"
Text = tuple[str, str, list[tuple[int, int, int]]]  # name, words, (start, end, number of the theme)


def measured(folder: Path, texts: list[Text], long: Text, themes: int, runs: int) -> dict[str, Any]:
    """Milliseconds, or in words why there are none."""
    try:
        program = _installed(folder)
    except (OSError, subprocess.SubprocessError) as error:
        return {"not_measured": f"{WANTED} could not be installed: {str(error)[:200]}"}
    database = folder / "taguette.sqlite3"
    with _served(program, database):
        pass  # it makes its tables
    _filled(database, [*texts, long], themes)
    with _served(program, database) as address:
        return {"version": WANTED, "project_page": _page(address, runs), "transcript": _opened(address, len(texts) + 1)}


def _installed(folder: Path) -> Path:
    place = folder / "taguette"
    uv = str(UV) if UV.exists() else shutil.which("uv") or "uv"
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(place)], check=True, capture_output=True)
    python = place / "bin" / "python"
    subprocess.run([uv, "pip", "install", "-q", "--python", str(python), WANTED, "setuptools<80"], check=True,
                   capture_output=True, timeout=600)  # fmt: skip
    return place / "bin" / "taguette"


@contextmanager
def _served(program: Path, database: Path) -> Iterator[str]:
    """Its address with the token it prints."""
    call = [str(program), "--no-browser", "--port", str(PORT), "--database", str(database)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MLEZI", "DJANGO"))}
    clean |= {"PYTHONUNBUFFERED": "1"}
    log = database.with_suffix(".log")
    with log.open("w") as out, subprocess.Popen(call, stdout=out, stderr=out, env=clean) as server:
        try:
            for _ in range(600):
                if found := re.search(r"http://localhost:\d+/\?token=\w+", log.read_text()):
                    break
                time.sleep(0.1)
            else:
                raise SystemExit(f"Taguette did not start: {log.read_text()[-500:]}")
            yield found.group()
        finally:
            server.terminate()
            server.wait(timeout=60)


def _filled(database: Path, texts: list[Text], themes: int) -> None:
    with sqlite3.connect(database) as to:
        to.execute("INSERT INTO projects (id, name, description, created) VALUES (1, 'Bench', '', ?)", [NOW])
        to.execute("INSERT INTO project_members (project_id, user_login, privileges) VALUES (1, 'admin', 'ADMIN')")
        to.executemany("INSERT INTO tags (id, project_id, path, description) VALUES (?, 1, ?, '')",
                       [(n + 1, f"Theme {n}") for n in range(themes)])  # fmt: skip
        number = 0
        for n, (name, words, codings) in enumerate(texts, 1):
            html = "".join(f"<p>{escape(line, quote=False)}</p>" for line in words.split("\n"))
            to.execute(
                "INSERT INTO documents (id, name, description, filename, created, project_id, text_direction, contents)"
                " VALUES (?, ?, '', ?, ?, 1, 'LEFT_TO_RIGHT', ?)", [n, name, f"{name}.txt", NOW, html])  # fmt: skip
            first = number + 1
            ends = [at for at, sign in enumerate(words) if sign == "\n"]  # paragraphs stand without line ends between
            rows = [(first + k, n, start - bisect_left(ends, start), end - bisect_left(ends, end),
                     escape(words[start:end])) for k, (start, end, _) in enumerate(codings)]  # fmt: skip
            to.executemany("INSERT INTO highlights (id, document_id, start_offset, end_offset, snippet)"
                           " VALUES (?, ?, ?, ?, ?)", rows)  # fmt: skip
            to.executemany("INSERT INTO highlight_tags (highlight_id, tag_id) VALUES (?, ?)",
                           [(first + k, theme + 1) for k, (_, _, theme) in enumerate(codings)])  # fmt: skip
            number += len(codings)


def _page(address: str, runs: int) -> dict[str, float]:
    """The project's page, with each tag's number of highlights: the whole request."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    opener.open(address).read()
    took = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        page = opener.open(f"http://localhost:{PORT}/project/1").read()
        took.append(1000 * (time.perf_counter() - began))
        assert b'"count"' in page, page[:300]
    return {"first": round(took[0], 1), "p50": round(statistics.median(took[1:]), 1)}


def _opened(address: str, document: int) -> dict[str, Any]:
    """The long document at a sixth of the processor's speed, with all its highlights; then a selection's dialogue."""
    from playwright.sync_api import Error, sync_playwright

    from mlezi.testing.browser import executable

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        page.route("**/messages.js", lambda route: route.abort())  # it waits for news from the internet
        page.goto(address)
        page.goto(f"http://localhost:{PORT}/project/1")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
        began = time.perf_counter()
        page.goto(f"http://localhost:{PORT}/project/1/document/{document}", wait_until="commit")
        try:  # it draws all highlights in one go; until then nothing is answered
            page.wait_for_selector(".highlight", state="attached", timeout=MOST * 1000)
        except Error:
            return {"highlights_not_drawn_after": MOST * 1000}
        drawn = 1000 * (time.perf_counter() - began)
        marks = [page.evaluate(MARKED, 1000 + n) for n in range(10)]
    return {"highlights_drawn": round(drawn), "selection_p50": round(statistics.median(marks), 1),
            "selection_worst": round(max(marks), 1)}  # fmt: skip


# A highlight of its own function, from the call to the next frame.
MARKED = """async (n) => {
  const began = performance.now();
  setHighlight({id: 900000 + n, start_offset: n * 40, end_offset: n * 40 + 60, tags: [1]});
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  return performance.now() - began;
}"""
