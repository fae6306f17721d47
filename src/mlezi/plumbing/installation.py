"""The data folder of this installation: made with care, and its secret key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from mlezi.plumbing.problems import Problem


class DataFolderUnusable(Problem):
    status = 503
    code = "installation.data_folder_unusable"
    message = "The data folder {folder} cannot be used: {reason}. Set MLEZI_DATA to a folder that can be written."


class TablesAreOlder(Problem):
    status = 503
    code = "installation.tables_are_older"
    message = "The tables are older than this version. Take a `mlezi backup` with the old one, then run `mlezi serve`."


class TablesAreNewer(Problem):
    status = 503
    code = "installation.tables_are_newer"
    message = (
        "The tables are of a newer version of Mlezi ({change}), and this one could spoil what stands in them."
        " Install that version again, or restore a backup of this one into an empty folder."
    )


def ensure_tables() -> None:
    """Make the tables of a new installation, and change those of an old one never.

    Raises `TablesAreOlder` or `TablesAreNewer`.
    """
    if not _have_tables():
        raise TablesAreOlder


def update_tables() -> None:
    """Make the tables of a new installation, or bring those of an old one up to this version.

    Raises `TablesAreNewer`.
    """
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup()

    from mlezi.plumbing import tuning  # noqa: PLC0415

    if not _have_tables():
        call_command("migrate", verbosity=0, interactive=False)
    tuning.widen_planner()


def _have_tables() -> bool:
    """Whether the tables are of this version. An empty database gets them here."""
    from django.db import connection  # noqa: PLC0415 - after django.setup()
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from mlezi.plumbing import schema  # noqa: PLC0415

    if schema.is_empty():
        schema.make()
        return True
    executor = MigrationExecutor(connection)
    newer = schema.beyond(executor.loader)
    if newer:
        raise TablesAreNewer(change=newer)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def prepare() -> None:
    """Make the data folder and its key, and put the key in the environment before settings are read.

    Raises `DataFolderUnusable` when the folder cannot be written.
    """
    folder = Path(os.environ.get("MLEZI_DATA") or "mlezi-data").expanduser().resolve()
    os.environ["MLEZI_DATA"] = str(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.environ.get("MLEZI_SECRET_KEY"):
            os.environ["MLEZI_SECRET_KEY"] = _key(folder / "secret-key")
    except OSError as error:
        raise DataFolderUnusable(folder=folder, reason=error.strerror or error) from error


def _key(path: Path) -> str:
    if not path.exists():
        # Two processes may start at once: the one that creates the file wins, the other reads it.
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
