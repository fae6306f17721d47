"""A study over a million answers of 100,000 people at 2,000 sites, side by side with the same arithmetic by hand.

    python3 dev.py bench study               everything; writes bench/results/study.json
    python -m bench.study one NAME TASK      one measurement in this process, as JSON

Tasks: `share` (of the people who answered yes, by cadre), `mean` (mean and SD of a score by cadre), `change` (mean
change in people with two scores). Names: ours, duckdb (SQL by hand), polars, pandas, and `read` (every byte of the
dataset once). Every run is a process of its own, so that peak memory is its own. `cpu_seconds` are those of all cores:
compare these when the machine has other work. Everybody counts once, whoever writes the query: a person with two
answers would otherwise be two people. All give the same figures; the run stops when they do not.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from platform import python_version

import duckdb

RESULTS = Path(__file__).parent / "results" / "study.json"
PEOPLE, SITES, QUESTIONS = 100_000, 2_000, 10
NAMES, TASKS, REPEATS = ("ours", "duckdb", "polars", "pandas", "read"), ("share", "mean", "change"), 3


def made(folder: Path) -> None:
    """A snapshot with ten answers and two scores a person, spread over cadres and sites by plain arithmetic."""
    people = f"range({PEOPLE}) t(i)"
    cadre, site = "['nurse','midwife','doctor'][1 + i % 3]", f"'S' || (i % {SITES})"
    tables = {
        "participants": f"SELECT 'P' || i AS participant, 'mentee' AS part, {cadre} AS cadre, '' AS cohort, "
        f"{site} AS site, "
        f"'D' || (i % 100) AS district, '' AS region, DATE '2026-01-01' AS entered_on, NULL::DATE AS left_on, "
        f"'' AS left_because FROM {people}",
        "responses": f"SELECT 'P' || i AS participant, {site} AS site, 'survey' AS instrument, 'once' AS wave, "
        f"'q' || q AS question, CASE WHEN hash(i, q) % 3 = 0 THEN 'yes' ELSE 'no' END AS choice, "
        f"NULL::DOUBLE AS number, DATE '2026-02-01' AS answered_on FROM {people}, range({QUESTIONS}) u(q)",
        "scores": f"SELECT 'P' || i AS participant, {site} AS site, 'test' AS instrument, w.wave, 'know' AS scale, "
        f"(hash(i) % 50 + hash(i, w.wave) % 40 + w.more)::DOUBLE AS score, DATE '2026-02-01' AS answered_on "
        f"FROM {people}, (VALUES ('pre', 0), ('post', 10)) w(wave, more)",
    }
    plan = {
        "code": "bench", "title": {"en": "Bench"}, "design": "single_group",
        "questions": [{"code": "q", "title": {"en": "How fast?"}}],
        "times": [{"code": "pre", "title": {"en": "Pre"}}, {"code": "post", "title": {"en": "Post"}}],
        "outcomes": [
            {"code": "yes", "title": {"en": "Yes"}, "of": "answer", "instrument": "survey", "question": "q3",
             "yes": ["yes"]},
            {"code": "know", "title": {"en": "Score"}, "of": "score", "instrument": "test", "scale": "know"},
        ],
        "comparisons": [{"code": "cadre", "title": {"en": "Cadre"}, "by": "cadre"}],
        "analyses": [
            {"code": "share", "do": "proportion", "outcome": "yes", "compare": "cadre"},
            {"code": "mean", "do": "mean", "outcome": "know", "at": "pre", "compare": "cadre"},
            {"code": "change", "do": "paired_change", "outcome": "know", "from": "pre", "to": "post"},
        ],
    }  # fmt: skip
    files = {}
    with duckdb.connect() as duck:
        for name, query in tables.items():
            target = folder / f"{name}.parquet"
            duck.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
            files[target.name] = {"dataset": name, "rows": 0, "sha256": ""}
    manifest = {"mlezi_snapshot": 1, "as_of": "2026-06-30", "files": files, "flow": [], "plan_sha256": ""}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "plan.json").write_text(json.dumps(plan))


def ours(folder: Path, task: str) -> list[float]:
    from mlezi.studies.data import opened
    from mlezi.studies.running import one

    with opened(folder, checked=False) as data:
        found = one(data, data.plan.analysis(task))
    keys = {"share": ["nurse"], "mean": ["nurse.mean"], "change": ["all.change"]}[task]
    figures = {figure.key: figure.estimate.point for figure in found.figures}
    return [figures[key] for key in keys]


SQL = {
    "share": "SELECT avg(CASE WHEN choice = 'yes' THEN 1.0 ELSE 0 END) FROM '{f}/participants.parquet' "
    "LEFT JOIN (SELECT participant, max(choice) AS choice FROM '{f}/responses.parquet' WHERE instrument = 'survey' "
    "AND question = 'q3' GROUP BY participant) USING (participant) GROUP BY cadre ORDER BY cadre",
    "mean": "SELECT avg(score), stddev_samp(score), median(score) FROM '{f}/participants.parquet' LEFT JOIN "
    "(SELECT participant, max(score) AS score FROM '{f}/scores.parquet' WHERE instrument = 'test' AND wave = 'pre' "
    "AND scale = 'know' GROUP BY participant) USING (participant) GROUP BY cadre ORDER BY cadre",
    "change": "SELECT avg(post - pre), stddev_samp(post - pre) FROM '{f}/participants.parquet' JOIN "
    "(SELECT participant, max(score) AS pre FROM '{f}/scores.parquet' WHERE instrument = 'test' AND wave = 'pre' "
    "AND scale = 'know' GROUP BY participant) USING (participant) JOIN "
    "(SELECT participant, max(score) AS post FROM '{f}/scores.parquet' WHERE instrument = 'test' AND wave = 'post' "
    "AND scale = 'know' GROUP BY participant) USING (participant)",
}


def by_sql(folder: Path, task: str) -> list[float]:
    with duckdb.connect(config={"threads": 2}) as duck:
        return [duck.execute(SQL[task].format(f=folder)).fetchall()[-1][0]]


def polars(folder: Path, task: str) -> list[float]:
    import polars as pl

    people = pl.scan_parquet(folder / "participants.parquet").select("participant", "cadre")
    scores = pl.scan_parquet(folder / "scores.parquet")
    if task == "share":
        said = pl.scan_parquet(folder / "responses.parquet").filter(pl.col("question") == "q3")
        joined = people.join(said.group_by("participant").agg(pl.col("choice").max()), on="participant", how="left")
        found = joined.group_by("cadre").agg((pl.col("choice") == "yes").mean().alias("v")).sort("cadre").collect()
    elif task == "mean":
        one = scores.filter(pl.col("wave") == "pre").group_by("participant").agg(pl.col("score").max())
        joined = people.join(one, on="participant", how="left")
        found = joined.group_by("cadre").agg(pl.col("score").mean().alias("v"), pl.col("score").std(),
                                             pl.col("score").median().alias("m")).sort("cadre").collect()  # fmt: skip
    else:
        pre, post = (
            scores.filter(pl.col("wave") == w).group_by("participant").agg(pl.col("score").max())
            for w in ("pre", "post")
        )
        joined = people.join(pre, on="participant").join(post, on="participant", suffix="_b")
        found = joined.select((pl.col("score_b") - pl.col("score")).mean().alias("v")).collect()
    return [found["v"][-1]]


def pandas(folder: Path, task: str) -> list[float]:
    import pandas as pd
    from statsmodels.stats.weightstats import DescrStatsW

    people = pd.read_parquet(folder / "participants.parquet", columns=["participant", "cadre"])
    if task == "share":
        said = pd.read_parquet(folder / "responses.parquet", columns=["participant", "question", "choice"])
        said = said[said["question"] == "q3"].groupby("participant")["choice"].max()
        joined = people.join(said, on="participant")
        return [float((joined["choice"] == "yes").groupby(joined["cadre"]).mean().iloc[-1])]
    scores = pd.read_parquet(folder / "scores.parquet", columns=["participant", "wave", "score"])
    wide = people.join(scores.pivot_table(index="participant", columns="wave", values="score", aggfunc="max"),
                       on="participant")  # fmt: skip
    if task == "mean":
        return [float(DescrStatsW(wide["pre"][wide["cadre"] == "nurse"]).mean)]
    return [float(DescrStatsW(wide["post"] - wide["pre"]).mean)]


def read(folder: Path, task: str) -> list[float]:
    """Every column of the dataset once."""
    name = "responses" if task == "share" else "scores"
    with duckdb.connect(config={"threads": 2}) as duck:
        duck.execute(f"SELECT bit_xor(hash(r)) FROM '{folder}/{name}.parquet' r").fetchone()
    return []


RUNS = {"ours": ours, "duckdb": by_sql, "polars": polars, "pandas": pandas, "read": read}


def measured(name: str, task: str, folder: Path) -> dict[str, object]:
    """The best of three in this process after one warm-up, and the peak memory."""
    if name == "ours":
        from mlezi.cli import set_up

        set_up()
    seconds, cpu, value = [], [], []
    for _ in range(REPEATS + 1):
        begun, used = time.perf_counter(), time.process_time()
        value = RUNS[name](folder, task)
        seconds.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - used)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"name": name, "task": task, "seconds": round(min(seconds[1:]), 4), "cpu_seconds": round(min(cpu[1:]), 4),
            "peak_mb": round(peak), "value": value}  # fmt: skip


def main() -> None:
    if sys.argv[1:2] == ["one"]:
        print(json.dumps(measured(sys.argv[2], sys.argv[3], Path(sys.argv[4]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        made(Path(folder))
        rows = []
        for task in TASKS:
            for name in NAMES:
                call = [sys.executable, "-m", "bench.study", "one", name, task, folder]
                rows.append(json.loads(subprocess.run(call, capture_output=True, text=True, check=True).stdout))
                print(f"{task:8} {name:8} {rows[-1]['seconds']:8.3f} s  {rows[-1]['cpu_seconds']:8.3f} cpu s  "
                      f"{rows[-1]['peak_mb']:5} MB")  # fmt: skip
            told = [row["value"][0] for row in rows if row["task"] == task and row["value"]]
            assert max(told) - min(told) < 1e-9, f"{task}: not the same figure: {told}"
    load = os.getloadavg()[0]
    facts = {"people": PEOPLE, "answers": PEOPLE * QUESTIONS, "sites": SITES, "cores": os.cpu_count(),
             "load": round(load, 1), "versions": versions(), "times_the_duckdb_cpu": times_duckdb(rows),
             "runs": rows}  # fmt: skip
    RESULTS.write_text(json.dumps(facts, indent=1) + "\n")
    print(f"CPU of ours over DuckDB by hand: {facts['times_the_duckdb_cpu']}; load {load:.1f}; written to {RESULTS}")


def versions() -> dict[str, str]:
    return {
        name: version(name) for name in ("duckdb", "ibis-framework", "polars", "pandas", "statsmodels", "numpy")
    } | {"python": python_version()}


def times_duckdb(rows: list[dict]) -> dict[str, float]:
    """How many times the processor of the query by hand ours takes; at most twice is the target."""
    cpu = {(row["name"], row["task"]): row["cpu_seconds"] for row in rows}
    return {task: round(cpu["ours", task] / cpu["duckdb", task], 2) for task in TASKS}


if __name__ == "__main__":
    main()
