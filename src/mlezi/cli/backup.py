"""mlezi backup FILE"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlezi.cli import _output
from mlezi.instruments.queries.kept_files import kept_files
from mlezi.plumbing import backup, clock

INCOMPLETE = 3  # exit code


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@_output.as_json
def command(file: Path | None, as_json: bool) -> None:
    """Put the whole installation into FILE while people go on working.

    Holds every table and every attachment as they were at one moment; restore it on SQLite or on
    PostgreSQL. Left out: sessions and the secret key. Default FILE: mlezi-DATE.backup.zip
    Exit code 3 when it was written but files of records were not in the store to put in.
    """
    now = clock.now()
    path = file or Path(f"mlezi-{now:%Y-%m-%d-%H%M}.backup.zip")
    with _output.progress("Backing up", quiet=as_json) as show:
        manifest = backup.write(path, at=now, keys=lambda: (key for key, _, _ in kept_files()), progress=show)
    missing = manifest["missing"]
    if as_json:
        facts = {"file": path, "tables": manifest["tables"], "files": len(manifest["files"]), "missing": missing}
        _output.give(facts)
    else:
        rows = sum(facts["parts"] for facts in manifest["tables"].values())
        click.echo(f"{path}: {rows:,} rows, {len(manifest['files'])} files, {path.stat().st_size / 1e6:.1f} MB")
    if missing:
        click.secho(
            f"The store lacks {len(missing)} files that records brought; all else is in the backup. `mlezi doctor` says"
            " more. Keep older backups: they may have them.",
            fg="red",
            err=True,
        )
        sys.exit(INCOMPLETE)
