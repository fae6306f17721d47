"""mlezi backup FILE"""

from __future__ import annotations

from pathlib import Path

import click

from mlezi.cli import _output
from mlezi.instruments.models import Attachment
from mlezi.plumbing import backup, clock


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@_output.as_json
def command(file: Path | None, as_json: bool) -> None:
    """Put the whole installation into FILE while people go on working.

    Holds every table and every attachment as they were at one moment; restore it on SQLite or on
    PostgreSQL. Left out: sessions and the secret key. Default FILE: mlezi-DATE.backup.zip
    """
    now = clock.now()
    path = file or Path(f"mlezi-{now:%Y-%m-%d-%H%M}.backup.zip")
    with _output.progress("Backing up", quiet=as_json) as show:
        manifest = backup.write(
            path, at=now, keys=lambda: Attachment.objects.values_list("key", flat=True), progress=show
        )
    if as_json:
        _output.give({"file": path, "tables": manifest["tables"], "files": len(manifest["files"])})
        return
    rows = sum(facts["parts"] for facts in manifest["tables"].values())
    click.echo(f"{path}: {rows:,} rows, {len(manifest['files'])} files, {path.stat().st_size / 1e6:.1f} MB")
