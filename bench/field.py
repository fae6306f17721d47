"""What the phone app costs on a bad line and a slow phone, with ODK's own web forms and Collect beside it.

`python3 dev.py bench field` measures in the Chromium of this machine: bytes of the first load, opening a checklist of
200 items at 6x processor throttle, and bytes on the wire, both ways and heads included, for one visit of forty answers:
*record_alone* is the record and its receipt, *whole* also the questions after what is new that go before and after it.
With `--month` also what five hundred records and two hundred photographs cost a phone that comes home after a month.
Writes results/field.json. Figures marked *known* were measured or read elsewhere and are not measured here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "field.json"
sys.path.insert(0, str(HERE.parent))
PIN = "2580"
ANSWERS = {f"q{n}": ["7", "2", "2026-03-02", f"Answer number {n}"][n % 4] for n in range(40)}
# Web forms: measured earlier with Vite 6.4 and Chromium 156 on a two-core container, same kind of checklist.
KNOWN: dict[str, dict[str, Any]] = {
    "web-forms 0.22.0": {
        "first_load_brotli": 1_050_022,
        "first_load_gzip": 1_222_214,
        "open_200_items_6x_seconds": 16.5,
    },
    "web-forms 0.22.0, its npm package as it is, without Vue and without its map": {
        "first_load_brotli": 1_117_037,
        "first_load_gzip": 1_248_640,
    },
    "ODK Collect": {
        "note": "a native app from a store: its size and opening are not measured here; its wire is, above"
    },
}


def checklist(items: int) -> str:
    rows = [
        f"| | select_one level | i{n} | Item {n}: does what the guideline asks at this step |" for n in range(items)
    ]
    pages = []
    for start in range(0, items, 10):
        pages += [
            f"| | begin group | g{start} | Part {start // 10 + 1} |",
            *rows[start : start + 10],
            "| | end group | | |",
        ]
    levels = [
        f"| | level | {n} | {label} |" for n, label in enumerate(("Not done", "With help", "Alone", "Teaches it"))
    ]
    return "\n".join(
        ["| survey | | | |", "| | type | name | label |", *pages, "| choices | | | |", "| | list_name | name | label |"]
        + [*levels, "| settings | | | |", "| | form_id | form_title | version |", "| | checklist | Checklist | 1 |", ""]
    )


def visit(answers: int) -> str:
    """Forty answers of the kinds a visit has."""
    kinds = ["integer", "select_one level", "date", "text"]
    rows = [f"| | {kinds[n % 4]} | q{n} | Question {n} |" for n in range(answers)]
    return "\n".join(
        ["| survey | | | |", "| | type | name | label |", "| | start | start | |", "| | end | end | |"]
        + [
            *rows,
            "| choices | | | |",
            "| | list_name | name | label |",
            "| | level | 1 | One |",
            "| | level | 2 | Two |",
        ]
        + ["| settings | | | |", "| | form_id | form_title | version |", "| | visit | Visit | 1 |", ""]
    )


def first_load() -> dict[str, int]:
    """All that the app's worker keeps, both languages and icons too, squeezed as `mlezi serve` squeezes it."""
    import brotli
    from django.test import Client

    from mlezi.field import shell

    asked = Client(headers={"host": "localhost"})
    raw = [b"".join(asked.get(address)) for address in (*shell.files(), "/field/worker.js")]
    squeezed = [(len(one), len(gzip.compress(one, 9)), len(brotli.compress(one))) for one in raw]
    sums = [sum(min(one[0], one[way]) for one in squeezed) for way in range(3)]
    return {"files": len(raw), "raw": sums[0], "gzip": sums[1], "brotli": sums[2]}


def measured(runs: int) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    from mlezi.testing.badline import bad_line
    from mlezi.testing.handset import handset
    from mlezi.testing.month import Screens
    from mlezi.testing.server import installed

    with installed() as server, tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server.start()
        publish(server, checklist(200), visit(40))
        with bad_line(server.port) as line, handset(playwright, Path(folder), line.url) as phone:
            phone.patience.update(answer=60_000)
            phone.open()
            phone.enrol(f"/phone/key/{server.facts['token']}", PIN)
            phone.play("return core.sendNow()")
            wire = wire_of_a_visit(phone, line)
            collect = wire_of_collect(server, line)
            Screens(phone).open(PIN)
            opening = {"1x": opened(phone, 1, runs), "6x": opened(phone, 6, runs)}
    return {"open_200_items_seconds": opening, "wire_of_a_visit_bytes": {"mlezi": wire, "collect": collect}}


def publish(server: Any, *sources: str) -> None:
    lines = "".join(json.dumps(source) + "\n" for source in sources)
    command = [sys.executable, "-m", "mlezi.testing.server", "publish"]
    subprocess.run(command, env=server.env, input=lines, text=True, check=True, capture_output=True)


def wire_of_a_visit(phone: Any, line: Any) -> dict[str, int]:
    """From finishing to the receipt, with nothing else new at the server: the record, and the question what is new."""
    line.passed.clear()
    phone.play("const id = await begin('visit', a); await finish(id); return core.sendNow()", ANSWERS)
    return carried(line)


def wire_of_collect(server: Any, line: Any) -> dict[str, int]:
    """The same record as ODK Collect sends it, by a double that keeps to its published protocol: HEAD, then POST."""
    from mlezi.formats.record_writing import Blank
    from mlezi.plumbing import clock
    from mlezi.testing.collect import Collect, Record

    phone = Collect(f"{line.url}/phone/key/{server.facts['token']}")
    phone.sync(clock.now())
    form = next(xml for (name, _), (_, xml) in phone.forms.items() if name == "visit")
    record = Record(Blank(form).filled(ANSWERS, instance_id="uuid:3f0d3f6e-90c2-4f0e-8a77-6d1c1c1b7a09"))
    line.passed.clear()
    phone.send(record, clock.now())
    return carried(line)


def a_month(records: int = 500) -> dict[str, Any]:
    """Thirty days without a line on one phone: opening its lists, and bringing all of it home."""
    from playwright.sync_api import sync_playwright

    from mlezi.testing import month
    from mlezi.testing.badline import Fault, bad_line
    from mlezi.testing.handset import handset
    from mlezi.testing.server import installed

    with installed() as server, tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server.start()
        publish(server, month.FORM)
        with bad_line(server.port) as line, handset(playwright, Path(folder), line.url) as phone:
            phone.enrol(f"/phone/key/{server.facts['token']}", PIN)
            phone.play("return core.sendNow()")
            line.decide = lambda asked: Fault.DOWN if "/phone/" in asked.path else Fault.NONE
            frozen = month.fill(phone, records, PIN)
            seconds = month.measured(phone, PIN)
            line.decide = lambda asked: Fault.NONE
            sending = month.Screens(phone).send()
    files = sum(len(one["files"]) for one in frozen.values())
    return {"records": records, "photographs": files, "seconds_to": seconds, "sending": sending}


def carried(line: Any) -> dict[str, int]:
    posts = [one for one in line.passed if one.asked.method == "POST"]
    return {
        "up": sum(one.up for one in line.passed),
        "down": sum(one.down for one in line.passed),
        "whole": sum(one.up + one.down for one in line.passed),
        "requests": len(line.passed),
        "record_alone": sum(one.up + one.down for one in posts),
    }


def opened(phone: Any, throttle: int, runs: int) -> float:
    """Seconds from the tap on the form to its first questions on the screen, the record on the disk: the median."""
    from mlezi.testing.month import Screens

    screens, spent = Screens(phone), []
    for _ in range(runs):
        screens.throttle(throttle)
        spent.append(screens.seconds_to("fill", ".ask", "form/checklist"))
        screens.throttle(1)
        screens.seconds_to("unsent", ".record")
    return round(statistics.median(spent), 2)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--runs", type=int, default=5)
    ask.add_argument("--month", action="store_true", help="also a month without a line (six minutes more)")
    asked = ask.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlezi.config.settings")
    load, start = os.getloadavg()[0], time.time()
    with tempfile.TemporaryDirectory() as data:
        os.environ["MLEZI_DATA"] = data  # nothing of an installation that is there already
        import django

        django.setup()
        told = {"first_load_bytes": first_load(), **measured(asked.runs)}
        told |= {"month": a_month()} if asked.month else {}
    machine = {"cores": os.cpu_count(), "system": platform.system(), "processor": platform.machine()}
    told |= {"known": KNOWN, "load": [round(load, 1), round(os.getloadavg()[0], 1)], "machine": machine}
    RESULTS.write_text(json.dumps(told, indent=1) + "\n")
    print(json.dumps(told, indent=1), f"\n{time.time() - start:.0f} s", sep="")


if __name__ == "__main__":
    main()
