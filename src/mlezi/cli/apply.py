"""mlezi apply FOLDER"""

from __future__ import annotations

from pathlib import Path

import click

from mlezi.audit.actions import COMMAND_LINE
from mlezi.blueprints import actions
from mlezi.cli import _naming, _output
from mlezi.plumbing import clock


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--place", "place_code", help="The programme's part of the tree, as a region: its code, or its name.")
@_output.as_json
def command(folder: Path, place_code: str | None, as_json: bool) -> None:
    """Change the programme so that it agrees with the blueprint in FOLDER.

    All of it or nothing; a second time does nothing. Refused, with the reason, when records would lose
    their meaning. Look at `mlezi plan` first.
    """
    place = _naming.place(place_code) if place_code else None
    plan = actions.apply(folder=folder, by=COMMAND_LINE, at=clock.now(), place=place)
    if as_json:
        _output.give({"steps": [vars(step) for step in plan.steps], "not_yet_used": plan.not_yet_used})
        return
    for step in plan.steps:
        click.echo(str(step))
    if place:
        click.echo(f"The programme covers all of {place.name}.")
    if not (plan.is_empty and place):
        click.echo("Nothing to change." if plan.is_empty else _output.sign("applied", "green"))
