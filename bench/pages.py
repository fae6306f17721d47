"""How long figures take with 1,000,000 encounters, for a district and the country, a quarter and five years.

`python3 dev.py bench pages` (by itself: --encounters N, --keep FOLDER, --postgres) fills a database or takes
the one it filled before, asks every indicator, and writes results/pages-DATABASE.json. Times are of `figures.ask`
alone: one warm process, statements compiled before, no cache, no page and no web server around it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

QUARTER, YEARS = (date(2025, 7, 1), date(2025, 10, 1)), (date(2021, 1, 1), date(2026, 1, 1))
HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
sys.path.insert(0, str(HERE.parent))


def timed(work: Callable[[], Any], runs: int) -> dict[str, float]:
    """p50 and p95 in milliseconds; with few runs p95 is the slowest."""
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - start))
    spent.sort()
    return {"p50": round(statistics.median(spent), 1), "p95": round(spent[int(0.95 * (len(spent) - 1) + 0.5)], 1)}


def figures_of(programme: Any) -> dict[str, dict[str, dict[str, float]]]:
    """Part of the tree and period → indicator → times."""
    from mlezi.evaluation import figures
    from mlezi.evaluation.indicators import INDICATORS
    from mlezi.places.models import Place
    from mlezi.places.scope import Scope

    district = Place.objects.filter(level__code="district").order_by("pk")[3]
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, place, (start, end), runs in (
        ("district quarter", district, QUARTER, 20),
        ("country quarter", programme.place, QUARTER, 5),
        ("district five years", district, YEARS, 5),
        ("country five years", programme.place, YEARS, 1),
    ):
        scope = Scope(((place.path, place.path_to),), frozenset({programme.pk}))
        found[name] = {}
        for indicator in INDICATORS:
            work = partial(figures.ask, indicator.code, programme=programme.pk, start=start, end=end, scope=scope)
            if name == "district quarter":
                work()  # compiles
            found[name][indicator.code] = timed(work, runs)
            print(f"{name:20} {indicator.code:22} {found[name][indicator.code]}", flush=True)
    return found


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--encounters", type=int, default=1_000_000)
    ask.add_argument("--keep", default=tempfile.gettempdir() + "/mlezi-bench")
    ask.add_argument("--postgres", action="store_true")
    given = ask.parse_args()
    if given.postgres and "DATABASE_URL" not in os.environ:
        command = [sys.executable, "-m", "mlezi.testing.postgres", sys.executable, *sys.argv]
        os.execv(sys.executable, command)
    os.environ["MLEZI_DATA"] = given.keep
    Path(given.keep).mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlezi.config.settings")
    measure(given.encounters)


def measure(encounters: int) -> None:
    import django

    django.setup()
    from bench._filling import Size, fill
    from django.core.management import call_command
    from django.db import connection, transaction

    from mlezi.evaluation import rollups
    from mlezi.programmes.models import Programme

    call_command("migrate", verbosity=0)
    programme = Programme.objects.filter(code="bench").first()
    if programme is None:
        programme = fill(Size(encounters), told=lambda n: print(f"\r{n} encounters", end="", flush=True))
    start = time.perf_counter()
    with transaction.atomic():
        rollups.rebuild(programme)
    rebuilt = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = {
        "machine": {"cpus": os.cpu_count(), "platform": platform.platform(), "load": os.getloadavg()[0]},
        "versions": {
            "python": platform.python_version(),
            "django": django.get_version(),
            "database": connection.vendor,
        },
        "encounters": encounters,
        "rollups_rebuilt_s": round(rebuilt, 1),
        "milliseconds": figures_of(programme),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"pages-{connection.vendor}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
