"""A snapshot opened for analysis: checked against its manifest, read through Ibis expressions.

`Data.read` takes an Ibis expression and gives columns as arrays. DuckDB runs it today; nothing an analysis
says is bound to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import ibis
import numpy as np
from django.utils.translation import gettext
from pydantic import ValidationError

from mlezi.evaluation import engines
from mlezi.studies import canonical, problems
from mlezi.studies.plan import Study

Columns = dict[str, Any]
MANIFEST, PLAN = "manifest.json", "plan.json"


@dataclass(frozen=True)
class Data:
    """The frozen datasets of one study. `tables` are Ibis tables by name; `flow` says who was left out before."""

    plan: Study
    manifest: Mapping[str, Any]
    tables: Mapping[str, Any]
    _duck: Any

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.manifest["as_of"])

    def has(self, dataset: str) -> bool:
        return dataset in self.tables

    def read(self, expression: Any) -> Columns:
        """Each column as an array: numbers with NaN where nothing is known, all else as objects with None."""
        statement = engines.compiled(expression, "duckdb")
        found = self._duck.cursor().execute(statement.sql).fetchnumpy()
        return {name: _plain(found[name]) for name, _ in statement.columns}

    @cached_property
    def n_people(self) -> int:
        return int(self.read(self.tables["participants"].aggregate(n=ibis._.count()))["n"][0])


def _plain(column: Any) -> Any:
    missing = np.ma.getmaskarray(column)
    values = np.ma.getdata(column)
    if values.dtype.kind in "iub":
        return np.where(missing, np.nan, values) if missing.any() else values
    if values.dtype.kind == "f":
        return np.where(missing, np.nan, values)
    plain = values.astype(object)
    plain[missing] = None
    return plain


@contextmanager
def opened(folder: Path, *, checked: bool = True, memory: str = "1GB", threads: int = 2) -> Iterator[Data]:
    """Open a snapshot's folder. Raises `NotASnapshot`, and `WasChanged` when a file differs from the manifest."""
    manifest, plan = described(folder)
    if checked:
        check(folder, manifest)
    with duckdb.connect(config={"memory_limit": memory, "threads": threads}) as duck:
        yield Data(plan, manifest, Tables(folder, manifest, duck), duck)


def described(folder: Path) -> tuple[dict[str, Any], Study]:
    """The manifest and the plan of a folder. Raises `NotASnapshot`."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        plan = Study.model_validate(json.loads((folder / PLAN).read_text(encoding="utf-8")))
        _ = (manifest["files"].items(), manifest["as_of"], manifest["mlezi_snapshot"])
    except OSError as error:
        why = gettext("there is no {file}").format(file=Path(str(error.filename)).name)
        raise problems.NotASnapshot(folder=folder, why=why) from error
    except (ValueError, KeyError, AttributeError, TypeError, ValidationError) as error:
        why = gettext("{manifest} or {plan} was changed and cannot be read").format(manifest=MANIFEST, plan=PLAN)
        raise problems.NotASnapshot(folder=folder, why=why) from error
    return manifest, plan


def check(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Every file is what the manifest says. Raises `WasChanged`."""
    for name, facts in manifest["files"].items():
        file = (folder / name).resolve()
        if not file.is_relative_to(folder.resolve()):
            raise problems.NotASnapshot(folder=folder, why=f"{name} lies outside it")
        found = canonical.sha256_of(file) if file.is_file() else "no file"
        if found != facts["sha256"]:
            raise problems.WasChanged(file=name, expected=facts["sha256"][:12], found=found[:12])


KINDS = {
    "BIGINT": "int64",
    "INTEGER": "int64",
    "DOUBLE": "float64",
    "VARCHAR": "string",
    "DATE": "date",
    "BOOLEAN": "boolean",
    "UUID": "uuid",
}


class Tables(Mapping[str, Any]):
    """The datasets of a snapshot; a file is opened when the first analysis asks for it."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any], duck: Any) -> None:
        self._duck = duck
        self._files: dict[str, list[str]] = {}
        for file, facts in manifest["files"].items():
            self._files.setdefault(facts["dataset"], []).append(str(folder / file))
        self._known: dict[str, Any] = {}

    def __getitem__(self, dataset: str) -> Any:
        if dataset not in self._known:
            rows = self._duck.read_parquet(self._files[dataset])
            rows.create_view(dataset)
            kinds = {name: KINDS.get(str(kind), "float64") for name, kind in zip(rows.columns, rows.types, strict=True)}
            self._known[dataset] = ibis.table(kinds, name=dataset)
        return self._known[dataset]

    def __contains__(self, dataset: object) -> bool:
        return dataset in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
