"""Server time and weight of every page with 1,000,000 encounters, and of every figure alone.

`python3 dev.py bench pages` (by itself: --encounters N, --keep FOLDER, --postgres, --runs N, --figures) fills a
database or takes the one it filled before, and writes results/pages-DATABASE.json. A request is a whole one:
middleware, session, permissions, queries, templates, charts, compression; without the network.

*first*: nothing is kept yet, neither in the process nor in files. *p50*, *p95*: opened again, nothing changed.
*new_record*: before each request a record was derived somewhere in the country, so that what is kept of its
district does not hold. The promises stand in `PROMISED`, in milliseconds of p95 and in kB compressed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

QUARTER, YEARS = (date(2025, 7, 1), date(2025, 10, 1)), (date(2021, 1, 1), date(2026, 1, 1))
PROMISED = {"district quarter": 100, "national quarter": 150, "five years, first": 1000, "first page": 100, "page": 30}
HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
sys.path.insert(0, str(HERE.parent))
from bench import _databases  # noqa: E402


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--encounters", type=int, default=1_000_000)
    ask.add_argument("--keep", default=tempfile.gettempdir() + "/mlezi-bench")
    ask.add_argument("--postgres", action="store_true")
    ask.add_argument("--runs", type=int, default=20)
    ask.add_argument("--only", default="", help="Pages whose name holds this.")
    ask.add_argument("--figures", action="store_true", help="Figures alone besides, with nothing kept.")
    given = ask.parse_args()
    _databases.as_asked()
    os.environ["MLEZI_DATA"] = given.keep
    os.environ["MLEZI_HOSTS"] = "testserver,localhost"
    Path(given.keep).mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlezi.config.settings")
    import django

    django.setup()
    programme = prepared(given.encounters)
    found = about(given.encounters)
    found["pages"] = pages(programme, given.runs, given.only)
    found["first_page_kB"] = first_page(programme)
    if given.figures:
        found["figures"] = figures_of(programme)
    write(found)


def prepared(encounters: int) -> Any:
    """The filled database, with tables of this version and rollups of its definitions."""
    from bench._filling import Size, fill
    from django.db import connection

    from mlezi.cli._serving import collect_static
    from mlezi.evaluation.actions import remake_rollups
    from mlezi.plumbing import memory, tuning
    from mlezi.plumbing.installation import update_tables
    from mlezi.programmes.models import Programme

    update_tables()
    collect_static()
    programme = Programme.objects.filter(code="bench").first()
    if programme is None:
        programme = fill(Size(encounters), told=lambda n: print(f"\r{n} encounters", end="", flush=True))
    begun = time.perf_counter()
    remake_rollups(programme, tell=lambda done, total: print(f"\rrollups {done}/{total}", end="", flush=True))
    print(f"\nrollups in {time.perf_counter() - begun:.0f} s")
    tuning.refresh_statistics()
    if connection.vendor == "postgresql":  # its own cleaning would come to it some minutes later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    memory.look_less_often()
    return programme


def about(encounters: int) -> dict[str, Any]:
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    return {
        "machine": {"cpus": os.cpu_count(), "platform": platform.platform(), "load": round(os.getloadavg()[0], 1)},
        "versions": {
            "python": platform.python_version(), "django": django.get_version(),
            "database": f"{connection.vendor} {version}",
        },
        "encounters": encounters,
        "promised": PROMISED,
    }  # fmt: skip


def forget() -> None:
    """Drop every kept answer, of this process and of the files."""
    from django.conf import settings

    from mlezi.evaluation import answers

    answers.MEMORY = answers.Memory(answers.IN_MEMORY)
    shutil.rmtree(settings.CACHES["answers"]["LOCATION"], ignore_errors=True)


def pages(programme: Any, runs: int, only: str) -> dict[str, dict[str, Any]]:
    """role: page, period → times. Each page is measured as the first role that may open it."""
    from bench import _pages

    clients, arrive = _pages.signed_in(programme), _pages.arriving(programme)
    found: dict[str, dict[str, Any]] = {}
    for name, address in _pages.addresses(programme):
        if only not in name:
            continue
        for role in ("national", "coordinator", "manager", "mentor", "mentee"):
            if told := _periods(clients[role], name, address, runs, arrive):
                found |= {f"{key} ({role})": value for key, value in told.items()}
                break
        if name in ("district", "brief"):
            found |= {
                f"{key} (overseer)": value
                for key, value in _periods(clients["overseer"], name, address, runs, arrive).items()
            }
    return found


def _periods(client: Any, name: str, address: str, runs: int, arrive: Any) -> dict[str, Any]:
    from bench import _pages

    found = {}
    for period, key in _pages.PERIODS.items():
        full = f"{address}?period={key}"
        measured = _pages.measured(client, full, runs=runs, forget=forget, arrive=arrive)
        if measured:
            found[f"{name}, {period}"] = measured.told()
            print(f"{name:12} {period:11} {found[f'{name}, {period}']}", flush=True)
    return found


def first_page(programme: Any) -> dict[str, float]:
    """What a phone that was never here fetches for its first page: the page, and all that it names."""
    import gzip
    import re

    from bench import _pages
    from django.conf import settings
    from django.urls import reverse

    client = _pages.signed_in(programme)["overseer"]
    answer = client.get(reverse("office:home", kwargs={"programme": programme.code}), follow=True)
    body = gzip.decompress(answer.content) if answer.headers.get("Content-Encoding") == "gzip" else answer.content
    sizes = {"page": len(gzip.compress(body, 6)) / 1000}
    for address in sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+)"', body.decode()))):
        path = settings.STATIC_ROOT / address.removeprefix("/static/")
        packed = path.with_name(path.name + ".gz")
        size = packed.stat().st_size if packed.exists() else path.stat().st_size
        sizes[address.rsplit("/", 1)[-1]] = size / 1000
    return {name: round(size, 1) for name, size in sizes.items()} | {"together": round(sum(sizes.values()), 1)}


def figures_of(programme: Any) -> dict[str, dict[str, dict[str, float]]]:
    """Part of the tree and period → indicator → milliseconds of the figure alone, computed afresh."""
    from bench import _pages
    from django.conf import settings

    from mlezi.evaluation import figures
    from mlezi.evaluation.indicators import INDICATORS
    from mlezi.places.models import Place
    from mlezi.places.scope import Scope

    settings.KEEP_ANSWERS = False
    district = Place.objects.filter(level__code="district").order_by("pk")[3]
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, place, (start, end), runs in (
        ("district quarter", district, QUARTER, 10),
        ("country quarter", programme.place, QUARTER, 3),
        ("district five years", district, YEARS, 3),
        ("country five years", programme.place, YEARS, 1),
    ):
        scope = Scope(((place.path, place.path_to),), frozenset({programme.pk}))
        found[name] = {}
        for indicator in INDICATORS:
            work = partial(figures.ask, indicator.code, programme=programme.pk, start=start, end=end, scope=scope)
            if name == "district quarter":
                work()  # compiles
            spent = []
            for _ in range(runs):
                begun = time.perf_counter()
                work()
                spent.append(1000 * (time.perf_counter() - begun))
            found[name][indicator.code] = {"p50": _pages.middle(spent), "p95": _pages.high(spent)}
            print(f"{name:20} {indicator.code:22} {found[name][indicator.code]}", flush=True)
    return found


def write(found: dict[str, Any]) -> None:
    from django.db import connection

    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"pages-{connection.vendor}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
