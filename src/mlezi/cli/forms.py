"""`mlezi forms`: check and publish forms, and make one from a checklist."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from mlezi.audit.actions import COMMAND_LINE
from mlezi.cli._output import as_json, give
from mlezi.formats.trouble import Trouble
from mlezi.instruments import problems
from mlezi.instruments.actions import publishing
from mlezi.plumbing import clock
from mlezi.plumbing.problems import Problem
from mlezi.programmes.models import Programme

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="Check and publish forms, and make a form from a checklist.")
def command() -> None:
    pass


@command.command("check")
@click.argument("files", nargs=-1, required=True, type=FILE)
@as_json
def check(files: Sequence[Path], as_json: bool) -> None:
    """Say what is wrong with forms, and which clients can fill them.

    FILES are XLSForms: .xlsx, .xls, .csv or Markdown. Exit code 1 when one of them cannot be published.
    """
    reports = [_report(file, quiet=as_json) for file in files]
    if as_json:
        give(reports)
    if not all(report["ready"] for report in reports):
        raise SystemExit(1)


def _report(file: Path, *, quiet: bool) -> dict[str, object]:
    try:
        prepared = publishing.prepare(source=file.read_bytes(), name=file.name)
        troubles, ready = prepared.troubles, prepared.is_ready
        form = f"{prepared.made.form_id} {prepared.made.version}"
    except problems.FormNotReady as problem:
        troubles, ready, form = problem.troubles, False, ""
    if not quiet:
        click.secho(f"{file.name}: {'can be published' if ready else 'cannot be published yet'}", bold=True)
        _tell(troubles)
    return {"file": file.name, "form": form, "ready": ready, "troubles": [_plain(trouble) for trouble in troubles]}


@command.command("publish")
@click.argument("file", type=FILE)
@click.option("--programme", "code", required=True, help="Code of the programme that uses the form.")
@click.option("--purpose", default="", help="visit, rating, practice, survey …")
@click.option("--with", "beside", multiple=True, type=FILE, help="A picture, sound or list that the form shows.")
def publish(file: Path, code: str, purpose: str, beside: Sequence[Path]) -> None:
    """Publish a form, so that phones and the web form get it.

    The same file again changes nothing. Exit code 1 when the form cannot be published.
    """
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        raise click.ClickException(f"There is no programme with the code {code}.")
    try:
        done = publishing.publish(
            programme=programme,
            source=file.read_bytes(),
            name=file.name,
            by=COMMAND_LINE,
            at=clock.now(),
            purpose=purpose,
            files={path.name: path.read_bytes() for path in beside},
        )
    except problems.FormNotReady as problem:
        _tell(problem.troubles)
        raise click.ClickException(f"{file.name} cannot be published yet.") from problem
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem
    what = "Published" if done.is_new else "Published before, nothing changed:"
    click.echo(f"{what} {done.version.form.form_id} {done.version.version}")
    _tell([Trouble.from_dict(kept) for kept in done.version.warnings] if done.is_new else [])


def _tell(troubles: Sequence[Trouble]) -> None:
    for trouble in troubles:
        where, reason, remedy = trouble.say()
        click.echo(f"  {click.style('must' if trouble.blocks else 'note', bold=trouble.blocks)} {where or 'form'}")
        click.echo(f"       {reason}\n       {remedy}")


def _plain(trouble: Trouble) -> dict[str, object]:
    where, reason, remedy = trouble.say()
    return {"code": trouble.code, "where": where, "reason": reason, "remedy": remedy, "blocks": trouble.blocks}
