"""mlezi check FOLDER"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlezi.blueprints import checks
from mlezi.cli import _output


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_output.as_json
def command(folder: Path, as_json: bool) -> None:
    """Look for mistakes in the blueprint in FOLDER. Changes nothing.

    Every mistake is shown with its file and line, what is wrong and what to write instead.
    Exit code 1 when there is a mistake; advice alone is 0.
    """
    reading, forms = checks.check(folder)
    mistakes = [finding for finding in reading.findings if finding.weight == "mistake"]
    if as_json:
        _output.give({"mistakes": len(mistakes), "findings": [finding.as_facts() for finding in reading.findings]})
        sys.exit(1 if mistakes else 0)
    for finding in reading.findings:
        label = _output.sign("mistake", "red") if finding.weight == "mistake" else _output.sign("advice ", "yellow")
        click.echo(f"{label}  {finding}")
    if mistakes:
        click.echo(f"\n{len(mistakes)} to mend before it can be applied.")
        sys.exit(1)
    blueprint = reading.blueprint
    if blueprint is not None:
        n_competencies = sum(len(domain.competencies) for domain in blueprint.framework.domains)
        held = (
            _counted(len(forms), "form", "forms"),
            _counted(n_competencies, "competency", "competencies"),
            _counted(len(blueprint.encounters), "kind of encounter", "kinds of encounter"),
        )
        sound = _output.sign("sound", "green")
        click.echo(f"{sound}  {blueprint.code}: {', '.join(held)}. Next: mlezi plan {folder}")


def _counted(n: int, one: str, more: str) -> str:
    return f"{n} {one if n == 1 else more}"
