"""mlezi restore FILE"""

from __future__ import annotations

from pathlib import Path

import click

from mlezi.cli import _output
from mlezi.plumbing import backup, installation


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Bring back the installation kept in FILE, into an empty data folder or database.

    Every table is compared with the backup afterwards. Refused when the installation holds data.
    """
    installation.update_tables()
    with _output.progress("Restoring") as show:
        manifest = backup.restore(file, progress=show)
    rows = sum(facts["parts"] for facts in manifest["tables"].values())
    click.echo(f"{rows:,} rows and {len(manifest['files'])} files as they were on {manifest['taken_at'][:16]}.")
