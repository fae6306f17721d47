"""`mlezi forms`: check and publish forms, and make one from a checklist."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from mlezi.audit.actions import COMMAND_LINE
from mlezi.cli._output import as_json, give
from mlezi.formats.checklist import composing, reading
from mlezi.formats.trouble import CannotRead, Trouble
from mlezi.instruments import problems
from mlezi.instruments.actions import publishing
from mlezi.instruments.queries import forms
from mlezi.plumbing import clock
from mlezi.plumbing.problems import Problem
from mlezi.programmes.models import Programme

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Check and publish forms, and make a form from a checklist."""


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
    if forms.is_of_no_kind(done.version):
        click.echo(
            "  note form\n       No encounter type lists this form: a record of no planned encounter will be parked.\n"
            "       Name it in the blueprint, under encounters: … forms:, and apply it: what is parked is taken in."
        )


@command.command("from-checklist")
@click.argument("file", type=FILE)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--sheet", default="", help="The sheet of questions, when it is not found by itself.")
@click.option("--column", "chosen", multiple=True, help='Which column is which, as in --column label="Question Label".')
@click.option("--form-id", default="", help="Id of the form; otherwise from the checklist's code.")
@click.option("--form-version", default="", help="Version of the form; otherwise from its content.")
def from_checklist(
    *, file: Path, out: Path, sheet: str, chosen: Sequence[str], form_id: str, form_version: str
) -> None:
    """Make a form of a checklist: a table of sections and items with their scoring rules.

    FILE is a workbook, CSV or Markdown table. OUT is the form, as .xlsx or .md: look at it, then publish
    it. Every row that cannot be read is listed. Columns: checklist, section, section_title, code, label,
    hint, kind, options, scoring, may_not_apply, must_pass, observed.
    """
    torn = next((pair for pair in chosen if "=" not in pair), None)
    if torn is not None:
        raise click.BadParameter(f"“{torn}” has no =. Write it as in 'label=Question Label'.", param_hint="--column")
    if out.suffix.lower() not in (".xlsx", ".md"):
        raise click.BadParameter(f"{out.name} has to end in .xlsx or .md.", param_hint="OUT")
    pairs = dict(pair.split("=", 1) for pair in chosen)
    try:
        found = reading.read(file.read_bytes(), file.name, chosen=pairs, sheet=sheet)
    except CannotRead as error:
        _tell(error.troubles)
        raise click.ClickException(f"No form can be made of {file.name}.") from error
    book = composing.compose(found.checklist, form_id=form_id, version=form_version)
    try:
        out.write_bytes(book.markdown() if out.suffix.lower() == ".md" else book.workbook())
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    checklist = found.checklist
    choices = sum(len(item.options) for item in checklist.items)
    click.echo(
        f"{checklist.title}: {len(checklist.sections)} sections, {len(checklist.items)} items and"
        f" {choices} choices from {found.rows} rows, written to {out.name}"
    )
    _tell(found.troubles)


def _tell(troubles: Sequence[Trouble]) -> None:
    for trouble in troubles:
        where, reason, remedy = trouble.say()
        click.echo(f"  {click.style('must' if trouble.blocks else 'note', bold=trouble.blocks)} {where or 'form'}")
        click.echo(f"       {reason}\n       {remedy}")


def _plain(trouble: Trouble) -> dict[str, object]:
    where, reason, remedy = trouble.say()
    return {"code": trouble.code, "where": where, "reason": reason, "remedy": remedy, "blocks": trouble.blocks}
