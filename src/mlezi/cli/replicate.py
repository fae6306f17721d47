"""mlezi replicate FOLDER"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlezi.cli import _output
from mlezi.reports import study as reports


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_output.as_json
def command(folder: Path, as_json: bool) -> None:
    """Run a published study again from its FOLDER alone, and compare it with what was published.

    Data, results and reports are compared byte by byte (Word files and workbooks unpacked). Needs no database and no
    other file. Exit code 1 when something differs; what differs is listed.
    """
    found = reports.replicate(folder)
    if as_json:
        _output.give({"same": not found, "differs": found})
    elif not found:
        click.echo(f"{_output.sign('same', 'green')}  Data, results and report come out as published.")
    else:
        for one in found:
            click.echo(f"{_output.sign('differs', 'red')}  {one}")
    sys.exit(1 if found else 0)
