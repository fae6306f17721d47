"""A project of interviews: 2,000 texts of 5,000 characters, 100,000 codings; and one long transcript on a slow phone.

    python3 dev.py bench words               writes bench/results/words.json
    python -m bench.words --texts 200        a smaller one, for a quick look

*tables*: the theme page as a person asks for it, the whole request, by participants, texts and mentions, the table of
barriers, and the matrix of all people by themes, as pages and as files. *transcript*: 300,000 characters with 3,000
codings in Chromium at a sixth of its speed: first paint, what is seen drawn, everything drawn, and one mark being
coded, from the key to the drawn band.
*taguette*: the same material in Taguette from PyPI, in the same run (see `_taguette`). The material is made up.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import _taguette
from bench._taguette import Text

RESULTS = Path(__file__).resolve().parent / "results" / "words.json"
PROMISED = {"table": 200, "first_paint": 2000, "selection": 100}  # milliseconds
THEMES, A_TEXT, LONG, LONG_CODINGS, PORT = 30, 5_000, 300_000, 3_000, 8499
SENTENCE = "We had no doll to practise on and the ward was short of staff that month. "
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--texts", type=int, default=2_000)
    ask.add_argument("--runs", type=int, default=10)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MLEZI_DATA": folder, "MLEZI_HOSTS": "testserver,localhost,127.0.0.1"}
        from mlezi.cli import wake

        wake(makes_tables=True)  # as `serve` does, so that both sign with the same key
        texts: list[Text] = []
        world, book, long = filled(given.texts, texts)
        found = {
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
            "python": platform.python_version(), "promised_ms": PROMISED, "texts": given.texts,
            "characters": given.texts * A_TEXT, "codings": given.texts * 50,
            "tables": tables(world, book, given.runs), "transcript": transcript(world, long),
            "taguette": _taguette.measured(Path(folder), texts[:-1], texts[-1], THEMES, given.runs),
        }  # fmt: skip
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found, indent=1))


def filled(n_texts: int, texts: list[Text]) -> tuple[Any, Any, Any]:
    """The material: codebook, texts of one speaker each, fifty codings a text, and the long transcript; `texts` too."""
    from mlezi.formats.turns import split
    from mlezi.narratives import packing
    from mlezi.narratives.actions import codebooks
    from mlezi.narratives.models import Code, Coding, Source
    from mlezi.programmes.models import RoleAssignment
    from mlezi.testing import cast

    world = cast.assemble()
    person = cast.person("Gloria")
    RoleAssignment.objects.create(person=person, programme=world.programme, role="interviewer", place=world.mwanza,
                                  from_on=cast.START)  # fmt: skip
    world.people["gloria"] = person
    book = codebooks.make(programme=world.programme, code="bench", title={"en": "Bench"}, by=person, at=AT)
    parent = None
    for n in range(THEMES):
        made = codebooks.add_code(codebook=book, code=f"t{n}", parent=parent if n % 5 else None,
                                  title={"en": f"Theme {n}"}, by=person, at=AT)  # fmt: skip
        parent = made if n % 5 == 0 else parent
    codes = list(Code.objects.filter(codebook=book).order_by("pk"))
    rows: list[Coding] = []
    for n in range(n_texts):
        words = (f"This is text {n}. " + SENTENCE * (A_TEXT // len(SENTENCE) + 1))[:A_TEXT]
        source = _text(world, person, f"Text {n}", split(words))
        spans = [(place * 97 % (A_TEXT - 80), 40 + place, (n + place * place) % THEMES) for place in range(50)]
        texts.append((f"Text {n}", words, [(start, start + wide, theme) for start, wide, theme in spans]))
        for place, (start, end, theme) in enumerate(texts[-1][2]):
            rows.append(_coding(source, person, codes[theme], start, end, place))
        if len(rows) > 20_000:
            Coding.objects.bulk_create(rows)
            rows = []
    turn = "Interviewer: And then?\nP1: " + SENTENCE * 4 + "\n"
    words = (turn * (LONG // len(turn) + 1))[:LONG]
    long = _text(world, person, "Long", split(words))
    texts.append(("Long", words, [(n * 99, n * 99 + 60 + n % 120, n % THEMES) for n in range(LONG_CODINGS)]))
    rows += [_coding(long, person, codes[theme], start, end, n) for n, (start, end, theme) in enumerate(texts[-1][2])]
    Coding.objects.bulk_create(rows)
    for source in Source.objects.values_list("pk", flat=True):
        packing.keep(source)  # as every action does
    return world, book, long


def _text(world: Any, person: Any, label: str, words: Any) -> Any:
    from mlezi.narratives.actions import sources

    belongs = sources.Belongs(kind="interview", study="bench" if label != "Long" else "long")
    source = sources.add(programme=world.programme, label=label, text=words, released=True, belongs=belongs, by=person,
                         at=AT)  # fmt: skip
    who = sources.take_part(programme=world.programme, label=f"P-{label}", by=person, at=AT)
    sources.give_voice(source=source, participant=who, consent="given", by=person, at=AT)
    return source


def _coding(source: Any, person: Any, code: Any, start: int, end: int, n: int) -> Any:
    from mlezi.narratives.models import Coding

    return Coding(source=source, version_id=source.current_id, coder=person, start=start, end=end, code=code,
                  valence=("helps", "hinders", "")[n % 3], codebook_version=1, made_at=AT, changed_at=AT)  # fmt: skip


def tables(world: Any, book: Any, runs: int) -> dict[str, Any]:
    """Whole requests, in milliseconds: the first, the middle of those after it, and the processor's part of that."""
    from django.test import Client

    client = Client()
    client.force_login(world.people["gloria"].account, backend="django.contrib.auth.backends.ModelBackend")
    base = f"/{world.programme.code}/themes/"
    addresses = {name: f"{base}?book={book.pk}&study=bench&base={name}"
                 for name in ("participants", "documents", "mentions")}  # fmt: skip
    addresses["barriers"] = f"{base}barriers/?book={book.pk}&study=bench"
    addresses["matrix"] = f"{base}matrix/?book={book.pk}&study=bench"
    addresses |= {f"{name}_file": f"{address}&format=csv" for name, address in addresses.items()}
    client.get(f"/{world.programme.code}/codebooks/")  # the program is loaded
    return {name: _timed(client, address, runs) for name, address in addresses.items()}


def _timed(client: Any, address: str, runs: int) -> dict[str, float]:
    took, worked = [], []
    for _ in range(runs + 1):
        began, working = time.perf_counter(), time.process_time()
        answer = client.get(address)
        took.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - working))
        assert answer.status_code == 200, answer.content[:300]
    return {"first": round(took[0], 1), "p50": round(statistics.median(took[1:]), 1),
            "p50_processor": round(statistics.median(worked[1:]), 1)}  # fmt: skip


def transcript(world: Any, source: Any) -> dict[str, Any]:
    """The long transcript in Chromium at a sixth of its speed, from a server of its own."""
    serve = subprocess.Popen([sys.executable, "-m", "mlezi.cli", "serve", "--port", str(PORT)], env=os.environ)
    try:
        _wait()
        from django.test import Client

        client = Client()
        client.force_login(world.people["gloria"].account, backend="django.contrib.auth.backends.ModelBackend")
        return _opened(client.cookies["sessionid"].value, f"/{world.programme.code}/texts/{source.pk}/code/")
    finally:
        serve.terminate()
        serve.wait(timeout=60)


def _wait() -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/account/login/", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not listen")


def _opened(session: str, path: str) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    from mlezi.testing.browser import executable

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{PORT}"}])
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{PORT}/")  # scripts and styles are kept from now on, as on the second text
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
        began = time.perf_counter()
        page.goto(f"http://127.0.0.1:{PORT}{path}")
        page.wait_for_selector(".run", state="attached", timeout=60_000)
        drawn = 1000 * (time.perf_counter() - began)
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        waited = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
        whole = page.evaluate(WHOLE)
        marks = [page.evaluate(MARKED, n) for n in range(40, 80, 4)]
        browser.close()
    return {"first_paint": round(paint), "of_which_server": round(waited), "codings_drawn": round(drawn),
            "all_drawn": round(whole),
            "selection_p50": round(statistics.median(marks), 1), "selection_worst": round(max(marks), 1)}  # fmt: skip


# Until nothing more is drawn: what can be seen comes first, the rest a little at a time.
WHOLE = """async () => {
  for (let before = -1; ;) {
    const now = document.querySelectorAll('.is-drawn').length, at = performance.now();
    if (now === before) return at;
    before = now;
    await new Promise((done) => setTimeout(done, 500));
  }
}"""

# What the page does when words are marked: from the event to the next frame, the mark drawn. What the scrolling to the
# place drew is not part of it: whoever marks words has them before their eyes already.
MARKED = """async (n) => {
  const words = document.querySelectorAll('.piece')[n].querySelector('.words');
  const piece = words.closest('.piece');
  piece.scrollIntoView();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 250))));
  const began = performance.now();
  piece.focus({preventScroll: true});
  piece.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  return performance.now() - began;
}"""


if __name__ == "__main__":
    main()
