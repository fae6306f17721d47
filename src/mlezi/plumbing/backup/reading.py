"""Restores a backup into an installation that is still empty, and proves that the tables are the same."""

from __future__ import annotations

import hashlib
import json
import zipfile
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from mlezi.plumbing.backup import tables
from mlezi.plumbing.backup.writing import Progress
from mlezi.plumbing.problems import Problem

# What a new installation holds before anybody wrote anything; the backup's own rows replace it.
MADE_BY_MIGRATE = {"django_content_type", "auth_permission", "django_site", "evaluation_datastep"}


class NotABackup(Problem):
    code = "backup.not_a_backup"
    message = "{file} is not a whole Mlezi backup: {reason}. Nothing was changed."


class NotEmpty(Problem):
    status = 409
    code = "backup.not_empty"
    message = "This installation already holds data ({table}). Restore into an empty data folder or database."


class OtherVersion(Problem):
    status = 409
    code = "backup.other_version"
    message = (
        "The backup was taken by Mlezi {version}, whose tables differ from this version's. Install that version, "
        "restore, and update afterwards."
    )


class CutShort(Problem):
    status = 503
    code = "backup.cut_short"
    message = "The files could not all be put back: {reason}. No table was written; mend that, and restore again."


def restore(path: Path, *, progress: Progress | None = None) -> dict[str, Any]:
    """Load the backup into the (migrated, empty) database and the file store; returns its manifest.

    All of the tables or none, and files before tables: what is cut short can be done again.
    Raises `NotABackup`, `NotEmpty`, `OtherVersion`, `CutShort`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            _check(archive, manifest, path)
            try:
                _put_files(archive, manifest, progress)
            except OSError as error:
                raise CutShort(reason=error.strerror or error) from error
            _load(archive, manifest, progress)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError, OSError) as error:
        raise NotABackup(file=path, reason=error) from error
    return dict(manifest)


def _check(archive: zipfile.ZipFile, manifest: dict[str, Any], path: Path) -> None:
    here = sorted(map(list, MigrationRecorder(connection).applied_migrations()))
    if manifest["migrations"] != here:
        raise OtherVersion(version=manifest["mlezi"])
    for model in tables.tables():
        if model._meta.db_table not in MADE_BY_MIGRATE | {"django_migrations"} and model._base_manager.exists():
            raise NotEmpty(table=model._meta.db_table)
    whole = {**{f"tables/{n}.jsonl": f for n, f in manifest["tables"].items()},
             **{f"files/{n}": f for n, f in manifest["files"].items()}}  # fmt: skip
    for name, facts in whole.items():
        digest = hashlib.sha256()
        with archive.open(name) as part:
            while block := part.read(1 << 20):
                digest.update(block)
        if digest.hexdigest() != facts["sha256"]:
            raise NotABackup(file=path, reason=f"{name} is damaged")


@transaction.atomic
def _load(archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress | None) -> None:
    known = {model._meta.db_table: model for model in tables.tables()}
    for name in MADE_BY_MIGRATE & set(known):
        known[name]._base_manager.all().delete()
    for number, (name, facts) in enumerate(manifest["tables"].items()):
        if progress:
            progress(name, number, len(manifest["tables"]))
        model = known[name]
        with archive.open(f"tables/{name}.jsonl") as lines:
            while batch := [tables.row(model, line) for line in islice(lines, tables.CHUNK)]:
                _insert(model, batch)
        again = hashlib.sha256()
        for line in tables.lines(model):
            again.update(line)
        if again.hexdigest() != facts["sha256"]:
            raise NotABackup(file=name, reason="its rows came out different from how they went in")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(statement)


def _insert(model: type[models.Model], rows: list[models.Model]) -> None:
    """As they were: no default, no moment of saving is put in."""
    fields = tables.columns(model)
    size = connection.ops.bulk_batch_size([field.attname for field in fields], rows)
    for start in range(0, len(rows), size):
        queryset: Any = model._base_manager.get_queryset()
        queryset._insert(rows[start : start + size], fields=fields, using="default", raw=True)


def _put_files(archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress | None) -> None:
    for number, key in enumerate(manifest["files"]):
        if PurePosixPath(key).is_absolute() or ".." in PurePosixPath(key).parts:
            raise NotABackup(file=key, reason="a file lies outside the store")
        if progress:
            progress(key, number, len(manifest["files"]))
        if default_storage.exists(key):
            if default_storage.size(key) == archive.getinfo(f"files/{key}").file_size:
                continue
            default_storage.delete(key)  # half of it, from a restore that was cut short
        with archive.open(f"files/{key}") as part:
            default_storage.save(key, part)
