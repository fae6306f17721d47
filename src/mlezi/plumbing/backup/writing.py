"""Takes a backup: one moment of the database, whatever is written meanwhile."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from mlezi import __version__
from mlezi.plumbing.backup import tables
from mlezi.plumbing.problems import Problem

Progress = Callable[[str, int, int], None]


class NotWritten(Problem):
    status = 503
    code = "backup.not_written"
    message = "The backup {file} could not be written: {reason}. What lay there before is untouched."


def write(
    path: Path, *, at: datetime, keys: Callable[[], Iterable[str]], progress: Progress | None = None
) -> dict[str, Any]:
    """Write the backup to `path` and return its manifest. `keys` names the stored files, asked in that moment.

    A file that is already there is replaced only once the new one is whole and on disk. What the store lacks is
    told as `missing` and holds up nothing: a backup without one photograph is worth more than none.
    Raises `NotWritten`, and leaves nothing half-done behind.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        manifest = _write(unfinished, at, keys, progress)
        unfinished.replace(path)
    except OSError as error:
        raise NotWritten(file=path, reason=error.strerror or error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return manifest


def _write(path: Path, at: datetime, keys: Callable[[], Iterable[str]], progress: Progress | None) -> dict[str, Any]:
    models = tables.tables()
    manifest: dict[str, Any] = {"mlezi": __version__, "taken_at": at.isoformat(), "tables": {}, "files": {}}
    manifest["missing"] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive, one_moment():
        manifest["migrations"] = sorted(map(list, MigrationRecorder(connection).applied_migrations()))
        for number, model in enumerate(models):
            name = model._meta.db_table
            if progress:
                progress(name, number, len(models))
            manifest["tables"][name] = {
                "columns": [field.attname for field in tables.columns(model)],
                **_stream(archive, f"tables/{name}.jsonl", tables.lines(model)),
            }
        wanted = sorted(set(keys()))
        for number, key in enumerate(wanted):
            if progress:
                progress(key, number, len(wanted))
            try:
                kept = default_storage.open(key, "rb")
            except FileNotFoundError:
                manifest["missing"].append(key)
                continue
            with kept:
                manifest["files"][key] = _stream(archive, f"files/{key}", kept.chunks(1 << 20))
        archive.writestr("manifest.json", json.dumps(manifest, indent=1, ensure_ascii=False))
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return manifest


def _stream(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as target:
        for part in parts:
            digest.update(part)
            target.write(part)
            count += 1
    return {"parts": count, "sha256": digest.hexdigest()}


@contextmanager
def one_moment() -> Iterator[None]:
    """Every read inside sees the database as it was at the first one; writers are not held up."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # `atomic` would begin IMMEDIATE and stop every writer; a plain BEGIN reads from one point of the WAL.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
