"""mlezi snapshot STUDY"""

from __future__ import annotations

from pathlib import Path

import click

from mlezi.audit.actions import COMMAND_LINE
from mlezi.cli import _output, _settling
from mlezi.plumbing import clock
from mlezi.studies import freezing, queries


@click.command()
@click.argument("study")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Also write it into FOLDER.")
@_output.as_json
def command(study: str, folder: Path | None, as_json: bool) -> None:
    """Freeze the data of STUDY: de-identified Parquet files with a manifest of their fingerprints.

    STUDY is a study's code, PROGRAMME/CODE, or a programme with one study. Analyses read only snapshots.
    Unless records or plan changed since, the snapshot made before is written again, byte for byte.
    """
    found = queries.named(study)
    _settling.settle()
    made = freezing.freeze(study=found, by=COMMAND_LINE, at=clock.now(), folder=folder)
    where = folder or freezing.home(made)
    if as_json:
        _output.give({"snapshot": made.uid, "folder": str(where), **made.manifest})
        return
    rows = sum(facts["rows"] for facts in made.manifest["files"].values())
    click.echo(f"{where}: {len(made.manifest['files'])} files, {rows:,} rows, as of {made.manifest['as_of']}")
    for step in made.manifest["flow"]:
        click.echo(f"  {step['people']:>8,} people after: {step['rule']}")
    click.echo(f"Next: mlezi analyse {study}")
