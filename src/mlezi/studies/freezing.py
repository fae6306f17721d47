"""Freezing a study's data: de-identified Parquet files with a manifest. Same plan, same records: same bytes."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings
from django.db import connection, transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.evaluation import copies, engines
from mlezi.evaluation.datasets import live, stored
from mlezi.evaluation.operations import bind
from mlezi.evaluation.queries import rules
from mlezi.instruments import vocabulary
from mlezi.instruments.models import FormVersion
from mlezi.places.models import Place
from mlezi.plumbing import clock
from mlezi.programmes.models import Cohort
from mlezi.studies import canonical, eligible, heard, problems, wording
from mlezi.studies.frozen import FROZEN, RAW_ONLY
from mlezi.studies.models import Snapshot, Study
from mlezi.studies.packing import Packing
from mlezi.studies.plan import Study as Plan

MANIFEST, PLAN = "manifest.json", "plan.json"
CLOSED = {"select", "select1", "int", "decimal", "boolean", "range"}  # kinds of questions that hold no free text


def home(snapshot: Snapshot) -> Path:
    """Where an installation keeps a snapshot's files."""
    return Path(settings.DATA) / "snapshots" / str(snapshot.uid)


def freeze(*, study: Study, by: Actor, at: datetime, folder: Path | None = None) -> Snapshot:
    """Freeze the study's data now, into this installation's folder and, when given, into `folder` too.

    When neither plan nor records changed since an earlier snapshot, that one is written again.
    Raises `FolderNotEmpty`.
    """
    if folder is not None and folder.exists() and any(folder.iterdir()):
        raise problems.FolderNotEmpty(folder=folder)
    plan = Plan.model_validate(study.plan)
    with duckdb.connect(config={"threads": 1, "memory_limit": "1GB"}) as duck, transaction.atomic():
        raw = Raw(study, duck)
        raw.load()
        data_sha = raw.digest()
        earlier = Snapshot.objects.filter(study=study, plan_sha256=study.plan_sha256, data_sha256=data_sha).first()
        snapshot = earlier or Snapshot(
            study=study,
            made_at=at,
            made_by_name=by.name,
            salt=secrets.token_bytes(32),
            plan_sha256=study.plan_sha256,
            data_sha256=data_sha,
        )
        targets = [home(snapshot), *([folder] if folder else [])]
        manifest = _written(study, plan, raw, salt=bytes(snapshot.salt), targets=targets, data_sha=data_sha)
        if earlier is None:
            snapshot.manifest, snapshot.manifest_sha256 = manifest, canonical.sha256(manifest)
            snapshot.save()
            audit.record("study.frozen", snapshot, by=by, at=at, facts={"manifest": snapshot.manifest_sha256})
    return snapshot


def _written(
    study: Study, plan: Plan, raw: Raw, *, salt: bytes, targets: Sequence[Path], data_sha: str
) -> dict[str, Any]:
    ranges = {one.code: (one.path, one.path_to) for one in Place.objects.filter(code__in=_place_codes(plan))}
    cohorts = dict(Cohort.objects.filter(programme=study.programme).values_list("code", "id"))
    eligible.enrolled(raw.duck, plan, raw.shapes)
    steps = eligible.narrowed(raw.duck, plan, ranges, cohorts)
    packing = Packing(raw.duck, plan, salt=salt, shapes=raw.shapes, places=(ranges, cohorts), as_of=raw.as_of)
    packing.people()
    manifest: dict[str, Any] = {}
    for target in targets:
        if target.exists() and (target / MANIFEST).exists():
            continue  # the same data were frozen here before
        target.mkdir(parents=True, exist_ok=True)
        files = packing.write(target / "data")
        manifest = {
            "mlezi_snapshot": 1,
            "study": plan.code,
            "programme": study.programme.code,
            "is_made_up": study.programme.is_made_up,
            "as_of": raw.as_of.isoformat(),
            "data_version": data_sha,
            "plan_sha256": study.plan_sha256,
            "versions": {"mlezi": version("mlezi"), "duckdb": duckdb.__version__},
            "privacy": packing.privacy(),
            "flow": [{"rule": rule, "people": people} for rule, people in steps],
            "left_out": packing.left_out,
            "amendments": [_amendment(one) for one in study.amendments.all()],
            "labels": wording.labels(plan, study.programme),
            "files": files,
        }
        canonical.write(target / PLAN, study.plan)
        canonical.write(target / MANIFEST, manifest)
    return manifest


def _amendment(one: Any) -> dict[str, Any]:
    return {"number": one.number, "on": one.made_at.date().isoformat(), "why": one.why, "changes": one.changes}


def _place_codes(plan: Plan) -> list[str]:
    groups = [code for one in plan.comparisons for group in one.groups for code in group.places]
    return [*plan.population.places, *groups]


@dataclass
class Raw:
    """The live datasets of one programme as tables `raw_…` in DuckDB, with person ids, for this process only."""

    study: Study
    duck: Any

    def __post_init__(self) -> None:
        self.shapes: dict[str, tuple[str, ...]] = {}
        self.as_of: date = self.study.declared_at.date()

    def load(self) -> None:
        plan = Plan.model_validate(self.study.plan)
        datasets, vendor = live(connection.vendor), connection.vendor
        values = {**rules(self.study.programme_id), "programme": self.study.programme_id}
        for name in [*RAW_ONLY, *FROZEN]:
            if name not in datasets:
                continue
            table = datasets[name]
            if "programme_id" in table.columns:
                table = table.filter(table.programme_id == bind("programme", "int64"))
            schema = stored()[name].schema()
            with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
                copies.spill(engines.compiled(table, vendor), values, file)
                file.flush()
                self.duck.execute(f"CREATE TABLE raw_{name} AS {copies.spilled(schema, Path(file.name))}")  # noqa: S608
            self.shapes[name] = tuple(schema)
        if columns := heard.load(self.duck, self.study.programme):
            self.shapes[heard.DATASET] = columns
        self._within_members()
        self._closed_questions()
        self.as_of = plan.to_on or self._last_day()

    def _closed_questions(self) -> None:
        """Table `closed`: questions with choices or numbers in every version of their form. Words stay behind."""
        kinds: dict[tuple[str, str], set[str]] = {}
        rows = FormVersion.objects.filter(form__programme=self.study.programme)
        for form, meanings in rows.values_list("form__form_id", "meanings"):
            for said in meanings.get("questions", {}).values():
                term, argument = vocabulary.read(said.get("as", ""))
                if term == "answer":
                    kinds.setdefault((form, argument[:80]), set()).add(str(said.get("kind", "")))
        self.duck.execute("CREATE TABLE closed (instrument VARCHAR, question VARCHAR)")
        closed = [list(one) for one, found in kinds.items() if found <= CLOSED]
        if closed:
            self.duck.executemany("INSERT INTO closed VALUES (?, ?)", closed)

    def _within_members(self) -> None:
        """Posts belong to no programme: only those of people who take part are looked at."""
        self.duck.execute("DELETE FROM raw_posts WHERE person_id NOT IN (SELECT person_id FROM raw_memberships)")

    def _last_day(self) -> date:
        """The last day, not in the future, on which anything was recorded: until then people were followed."""
        today = clock.today(self.study.programme.time_zone)
        days = [
            f"SELECT max({day}) FROM raw_{name} WHERE {day} <= DATE '{today}'"  # noqa: S608
            for name, shape in self.shapes.items()
            for day in _days(name, shape)
        ]
        found = [self.duck.execute(one).fetchone()[0] for one in days]
        return max((one for one in found if one is not None), default=self.study.declared_at.date())

    def digest(self) -> str:
        """A fingerprint of all rows that does not depend on their order."""
        said = {"as_of": self.as_of.isoformat()}
        for name in self.shapes:
            count, total = self.duck.execute(
                f"SELECT count(*), sum(md5_number_lower(r::VARCHAR)::HUGEINT) FROM raw_{name} r"  # noqa: S608
            ).fetchone()
            said[name] = f"{count}:{total}"
        return canonical.sha256(said)


def _days(name: str, shape: Sequence[str]) -> list[str]:
    frozen: Mapping[str, Any] = FROZEN
    named = frozen[name].days if name in frozen else ("from_on", "to_on")
    return [day for day in named if day in shape]
