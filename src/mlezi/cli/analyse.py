"""mlezi analyse STUDY"""

from __future__ import annotations

from pathlib import Path

import click

from mlezi.audit.actions import COMMAND_LINE
from mlezi.cli import _output, _settling
from mlezi.plumbing import clock
from mlezi.reports import study as reports
from mlezi.studies import freezing, queries, spoken
from mlezi.studies.analyses import CATALOGUE
from mlezi.studies.data import described


def _catalogue(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        for one in CATALOGUE:
            click.echo(f"{one.code}: {one.title}. Needs {', '.join(one.needs)}.\n    {one.says}")
        context.exit()


@click.command()
@click.argument("study")
@click.option("--snapshot", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A snapshot's folder; otherwise one is frozen now.")  # fmt: skip
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path),
              help="Folder to publish in; otherwise STUDY-published.")  # fmt: skip
@click.option("--catalogue", is_flag=True, is_eager=True, expose_value=False, callback=_catalogue,
              help="List the analyses a plan may ask for.")  # fmt: skip
@_output.as_json
def command(study: str, snapshot: Path | None, folder: Path | None, as_json: bool) -> None:
    """Run every analysis of STUDY on a snapshot and publish data, results and report in one folder.

    The folder holds all that `mlezi replicate` needs: a stranger gets the same results from it, byte for byte.
    """
    if snapshot is None:
        found = queries.named(study)
        _settling.settle()
        snapshot = freezing.home(freezing.freeze(study=found, by=COMMAND_LINE, at=clock.now()))
    target = folder or Path(f"{study.rpartition('/')[2]}-published")
    results = reports.publish(snapshot, target)
    if as_json:
        _output.give({"folder": str(target), "results": results})
        return
    click.echo(f"{target}: report, results and data of {results['people']} people as of {results['as_of']}")
    manifest, plan = described(target)
    speaker = spoken.Speaker(plan, labels=manifest.get("labels"))
    for code, analysis in results["analyses"].items():
        headlines = [figure for figure in analysis["figures"] if figure["headline"]]
        click.echo(f"  {code} ({speaker.analysis(code)})")
        for figure in headlines:
            said = spoken.in_a_sentence(figure["estimate"], figure["unit"], speaker)
            click.echo(f"    {speaker.label(figure['label'])}: {said}")
    click.echo(f"Anybody can check it: mlezi replicate {target}")
