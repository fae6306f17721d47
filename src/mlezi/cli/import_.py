"""mlezi import places|people|pairings|outcomes|employment|answers|unsent FILE"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from mlezi.audit.actions import COMMAND_LINE
from mlezi.audit.imports import actions
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Context
from mlezi.audit.models import ImportBatch, ImportRow
from mlezi.cli import _output
from mlezi.openrosa import carrying
from mlezi.places import actions as places
from mlezi.places.models import Level
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme

MOST_SHOWN = 20
LEVELS = "country,region,district,facility"


@click.group()
def command() -> None:
    """Bring in a list from a spreadsheet (CSV, .xlsx or .xls), or take one back.

    First shows what every row would do. With --yes it is written too; without, you are asked.
    The same list again makes no doubles. Exit code 1 when a row has a problem or nothing was written.
    """


def _options(function: Any) -> Any:
    for option in (
        _output.as_json,
        click.option("--yes", is_flag=True, help="Write without asking."),
        click.option("--only-preview", is_flag=True, help="Show what would happen and write nothing."),
        click.option("--sheet", default="", help="Sheet of the workbook; otherwise the first."),
        click.option("--column", "columns", multiple=True, metavar="OURS=THEIRS", help="Say what a column is called."),
        click.option("--programme", "code", help="Code of the programme the list is for."),
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    ):
        function = option(function)
    return function


@command.command("places")
@_options
@click.option("--note", default="", help="A note for every place without one, as on how a district was found.")
@click.option("--sites", is_flag=True, help="Every place of the list takes part in the programme.")
@click.option("--levels", default=LEVELS, show_default=True, help="Levels of the tree, when there is none yet.")
def places_(note: str, sites: bool, levels: str, **given: Any) -> None:
    """Regions, districts, facilities; with positions, codes and whether they take part."""
    if not Level.objects.exists():
        named = [(code.strip(), {"en": code.strip().capitalize()}) for code in levels.split(",") if code.strip()]
        places.name_levels(levels=named, by=COMMAND_LINE, at=clock.now())
    _bring_in("places", note=note, takes_part=sites, **given)


@command.command("people")
@_options
@click.option(
    "--part", type=click.Choice(["mentee", "mentor", "registered"]), help="Everybody without a part takes part as this."
)
def people(part: str | None, **given: Any) -> None:
    """People with their posts; with enrolment and mentor when --programme is given."""
    _bring_in("people", part=part or "", **given)


@command.command("pairings")
@_options
def pairings(**given: Any) -> None:
    """Who mentors, coaches or sponsors whom, from when to when. Needs --programme."""
    if not given["code"]:
        raise click.UsageError("A pair belongs to a programme. Say which: --programme CODE.")
    _bring_in("pairings", **given)


@command.command("outcomes")
@_options
@click.option("--measure", "measures", multiple=True, help="A column that holds this measure; may be repeated.")
@click.option("--of-people", is_flag=True, help="Rows are about people: steps, papers, milestones.")
def outcomes(measures: tuple[str, ...], of_people: bool, **given: Any) -> None:
    """Facilities' own figures by month, or with --of-people what became of persons. Needs --programme."""
    if not given["code"]:
        raise click.UsageError("Outcomes belong to a programme. Say which: --programme CODE.")
    if of_people:
        _bring_in("person_outcomes", **given)
    else:
        _bring_in("outcomes", measures=list(measures), **given)


@command.command("employment")
@_options
def employment(**given: Any) -> None:
    """Who worked where, from when to when, and why it ended; retention is worked out from it."""
    _bring_in("employment", **given)


@command.command("answers")
@_options
@click.option("--form", required=True, help="Code of the form that was answered.")
def answers(form: str, **given: Any) -> None:
    """Filled-in questionnaires, from paper or another tool: one row a respondent, one column a question.

    A column is headed by the question's name or its words; a cell holds a choice by its name or its words.
    """
    if not given["code"]:
        raise click.UsageError("A form belongs to a programme. Say which: --programme CODE.")
    _bring_in("answers", form_id=form, **given)


@command.command("unsent")
@_output.as_json
@click.option("--programme", "code", help="Take in records of this programme only.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def unsent(file: Path, code: str | None, as_json: bool) -> None:
    """Records that a phone wrote into a file because it found no line.

    Through the same door as from a phone: what is here already is not doubled, so the same file may be
    taken in twice. Exit code 1 when a record was not taken in.
    """
    with file.open("rb") as source:
        taken = carrying.take_in(source, programme=_programme(code), at=clock.now())
    n_here = sum(one.is_here for one in taken)
    if as_json:
        _output.give({"here": n_here, "records": [asdict(one) for one in taken]})
    else:
        for one in taken:
            sign = _output.sign("here", "green") if one.is_here else _output.sign("not taken in", "red")
            click.echo(f"{sign}  {one.form} {one.id}  {one.message}")
        click.echo(f"{n_here} of {len(taken)} records are here.")
    if n_here < len(taken):
        raise click.exceptions.Exit(1)


@command.command("undo")
@click.argument("batch", type=click.UUID)
def undo(batch: UUID) -> None:
    """Take back a list that was brought in. Refused, with the reasons, when later records depend on it."""
    actions.undo(batch_id=batch, by=COMMAND_LINE, at=clock.now())
    click.echo(_output.sign("undone", "green"))


def _bring_in(
    kind: str,
    *,
    file: Path,
    code: str | None,
    columns: tuple[str, ...],
    sheet: str,
    only_preview: bool,
    yes: bool,
    as_json: bool,
    **options: Any,
) -> None:
    programme = _programme(code)
    told = dict(pair.split("=", 1) for pair in columns if "=" in pair)
    zone = programme.time_zone if programme else "UTC"
    context = Context(
        COMMAND_LINE,
        clock.now(),
        clock.today(zone),
        programme=programme,
        options={"sheet": sheet, "columns": told, **options},
        watch=list if as_json else _with_a_bar,
    )
    batch = actions.preview(kind=kind, content=file.read_bytes(), file_name=file.name, context=context)
    n_to_write = batch.summary["new"] + batch.summary["changed"]
    if not as_json:
        _tell(batch)
    written = n_to_write and not only_preview and (yes or (not as_json and click.confirm("Write this?")))
    if written:
        actions.apply(batch_id=batch.pk, context=context)
    if as_json:
        _output.give({"batch": str(batch.pk), "written": bool(written), **batch.summary, "problems": _problems(batch)})
    elif written:
        click.echo(_output.sign("written", "green") + f"  To take it back: mlezi import undo {batch.pk}")
    if batch.summary["problem"] or (n_to_write and not written and not only_preview):
        raise click.exceptions.Exit(1)


def _with_a_bar(findings: list[Finding]) -> Iterator[Finding]:
    with click.progressbar(findings, label="Writing") as bar:
        yield from bar


def _programme(code: str | None) -> Programme | None:
    found = Programme.objects.select_related("place").filter(code=code).first() if code else None
    if code and found is None:
        known = ", ".join(Programme.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        raise click.BadParameter(f"There is no programme {code!r}. There are: {known}.", param_hint="--programme")
    return found


def _problems(batch: ImportBatch) -> list[dict[str, Any]]:
    rows = batch.rows.filter(outcome=ImportRow.Outcome.PROBLEM).order_by("number")
    return [{"row": row.number, "reason": row.reason} for row in rows]


def _tell(batch: ImportBatch) -> None:
    found = batch.summary
    click.echo(
        f"{found['new']} new, {found['changed']} changed, {found['unchanged']} unchanged, "
        f"{found['problem']} with a problem"
    )
    if found["unused_columns"]:
        click.echo(f"Columns that nothing uses: {', '.join(found['unused_columns'])}")
    troubles = _problems(batch)
    for trouble in troubles[:MOST_SHOWN]:
        reasons = trouble["reason"].replace("\n", "\n    ")
        click.echo(f"  row {trouble['row']}: {reasons}")
    if len(troubles) > MOST_SHOWN:
        click.echo(f"  and {len(troubles) - MOST_SHOWN} more; --json lists all.")
