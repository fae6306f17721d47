"""`mlezi blueprints`: which come with Mlezi, and a copy of one to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from mlezi.blueprints import shipped
from mlezi.cli import _output


@click.group()
def command() -> None:
    """List the blueprints that come with Mlezi, and copy one out to make it your own."""


@command.command("list")
@_output.as_json
def listing(as_json: bool) -> None:
    """Name each blueprint that comes with Mlezi."""
    titles = shipped.titles()
    if as_json:
        _output.give(dict(titles))
        return
    width = max(map(len, titles))
    for name, title in titles.items():
        click.echo(f"{name:<{width}}  {title}")


@command.command("copy")
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@_output.as_json
def copy(name: str, folder: Path | None, as_json: bool) -> None:
    """Copy the blueprint NAME into FOLDER, a new one beside you named like it when none is given.

    Never writes into a folder that holds something.
    """
    target = folder or Path(name)
    files = shipped.copy(name=name, folder=target)
    if as_json:
        _output.give({"folder": str(target), "files": files})
        return
    click.echo(
        f"{_output.sign('copied', 'green')}  {len(files)} files into {target}. "
        f"Change what you like, then: mlezi check {target}"
    )
