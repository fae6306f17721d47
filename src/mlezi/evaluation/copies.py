"""A copy of the datasets as Parquet, for long histories and for research: the same indicators run on it.

Written through the database's own cursor and DuckDB, so that neither pandas nor Arrow is needed. Each
dataset is one file of exactly its columns, ordered by path so that a part of the tree is read alone.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from django.db import connections

from mlezi.evaluation import engines
from mlezi.evaluation.datasets import live, stored

NOTHING = "\\N"  # how a missing value is written: an empty text is not one
AT_ONCE = 5000


def write(folder: Path, *, values: Mapping[str, Any], using: str = "default") -> dict[str, int]:
    """Write every dataset into `folder`; returns how many rows each has. `values`: the levels of the tree.

    Reads in the caller's transaction: inside one, the copy is of one moment.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vendor = connections[using].vendor
    counts = {}
    with duckdb.connect() as duck:
        for name, table in live(vendor).items():
            statement = engines.compiled(table, vendor)
            with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
                counts[name] = spill(statement, values, file, using)
                file.flush()
                _pack(duck, name, Path(file.name), folder / f"{name}.parquet")
    return counts


def spill(statement: engines.Statement, values: Mapping[str, Any], file: Any, using: str = "default") -> int:
    """Write what the statement finds as CSV without a header; returns how many rows."""
    writer, count = csv.writer(file, lineterminator="\n"), 0
    with connections[using].cursor() as cursor:
        cursor.execute(statement.sql, statement.values(values))
        while rows := cursor.fetchmany(AT_ONCE):
            for row in engines.typed(statement, rows):
                writer.writerow([NOTHING if value is None else value for value in row.values()])
            count += len(rows)
    return count


def _pack(duck: Any, name: str, source: Path, target: Path) -> None:
    schema = stored()[name].schema()
    order = "ORDER BY path" if "path" in schema else ""
    duck.execute(f"COPY ({spilled(schema, source)} {order}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def spilled(schema: Any, source: Path) -> str:
    """The query that reads a spilled file back with the types of its dataset."""
    columns = ", ".join(f"'{column}': '{_type(str(kind))}'" for column, kind in schema.items())
    given = f"""auto_detect=false, header=false, delim=',', quote='"', escape='"', nullstr='{NOTHING}'"""
    return f"SELECT * FROM read_csv('{source}', {given}, columns={{{columns}}})"  # noqa: S608 - our own names


def _type(kind: str) -> str:
    return {"int64": "BIGINT", "string": "VARCHAR", "float64": "DOUBLE"}.get(kind, kind.upper())


def opened(folder: Path, *, memory: str = "512MB", threads: int = 2, in_memory: bool = False) -> Any:
    """A DuckDB connection in which each dataset of a copy is a view, or a table when it is small (`in_memory`)."""
    duck = duckdb.connect(config={"memory_limit": memory, "threads": threads})
    kind = "TABLE" if in_memory else "VIEW"
    for name in stored():
        source = folder / f"{name}.parquet"
        duck.execute(f"CREATE {kind} \"{name}\" AS SELECT * FROM read_parquet('{source}')")  # noqa: S608 - our own names
    return duck
