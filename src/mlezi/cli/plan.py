"""mlezi plan FOLDER"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlezi.blueprints import checks, planning, problems
from mlezi.cli import _output


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_output.as_json
def command(folder: Path, as_json: bool) -> None:
    """Show what applying the blueprint in FOLDER would change. Changes nothing.

    + would be added, ~ changed, - taken away, ! refused because records depend on it.
    Exit code 1 when something would be refused.
    """
    reading, forms = checks.check(folder)
    mistakes = [finding for finding in reading.findings if finding.weight == "mistake"]
    if reading.blueprint is None or mistakes:
        raise problems.HasMistakes(count=len(mistakes), folder=folder)
    plan = planning.plan(reading.blueprint, forms, reading.materials)
    if as_json:
        _output.give(
            {
                "steps": [vars(step) for step in plan.steps],
                "details_changed": plan.details_changed,
                "not_yet_used": plan.not_yet_used,
            }
        )
    else:
        _show(plan, folder)
    sys.exit(1 if plan.refused else 0)


def _show(plan: planning.Plan, folder: Path) -> None:
    colours = {"add": "green", "change": "yellow", "remove": "red", "refuse": "magenta"}
    for step in plan.steps:
        click.secho(str(step), fg=colours[step.verb])
    if plan.is_empty:
        click.echo("Nothing would change.")
    elif plan.details_changed and not plan.steps:
        click.echo("~ details that are read from the blueprint itself (equipment, targets, planning, trust …)")
    for name in plan.not_yet_used:
        click.echo(f"  {name}: kept, not yet used by this version")
    if plan.refused:
        click.echo(f"\n{len(plan.refused)} refused: see the reasons above.")
    elif not plan.is_empty:
        click.echo(f"\nNext: mlezi apply {folder}")
