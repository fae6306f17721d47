"""mlezi match FILE"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from mlezi.cli import _output
from mlezi.formats import csv, spreadsheet
from mlezi.formats.table import Table, Unreadable
from mlezi.methods.assignment.sheets import columns, reading
from mlezi.methods.assignment.sheets.policy import choose
from mlezi.methods.assignment.sheets.report import Report, report
from mlezi.methods.assignment.solve import Progress, solve
from mlezi.methods.routing.lake_victoria import CROSSINGS


def help_on_columns() -> str:
    """Which columns the sheets may have, for `--help`."""
    parts = []
    for title, known in (("mentees", columns.MENTEES), ("mentors", columns.MENTORS), ("settings", columns.SETTINGS)):
        parts.append(f"\b\nSheet {title}:\n" + "\n".join(f"  {name}: {text}" for name, text in known.items()))
    return "\n\n".join(parts)


@click.command(epilog=help_on_columns())
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the answer; FILE-matched.")
@click.option("--tolerance", type=click.FloatRange(0, 1), default=0.0, help="Stop at this gap: 0.001 is 0.1 %.")
@_output.as_json
def command(file: Path, out: Path | None, tolerance: float, as_json: bool) -> None:
    """Pair mentees with mentors from a workbook, prove that it is the best way, and say why.

    FILE is an .xlsx workbook with the sheets "mentees" and "mentors", and "settings" if you like (columns name and
    value). The answer is a folder: pairs with reasons, who is left over and why, mentors, certificate, report.
    """
    try:
        problem, policy = reading.read(*sheets(file.read_bytes()), crossings=CROSSINGS)
    except Unreadable as trouble:
        facts = ", ".join(f"{name}: {value}" for name, value in trouble.facts.items())
        raise click.ClickException(
            f"{file.name} cannot be read: {trouble.code.replace('_', ' ')}. {facts}"
        ) from trouble
    except columns.Mistakes as trouble:
        for mistake in trouble.mistakes:
            click.echo(f"{_output.sign('mistake', 'red')}  {mistake}", err=True)
        raise click.ClickException(f"{len(trouble.mistakes)} to mend in {file.name}; nothing was matched.") from trouble
    quiet = as_json or not sys.stderr.isatty()
    run = partial(solve, tolerance=tolerance, progress=(lambda _: None) if quiet else tell)
    try:
        answer = report(choose(problem, policy, run))
    except ValueError as trouble:
        raise click.ClickException(str(trouble)) from trouble
    folder = out or file.with_name(f"{file.stem}-matched")
    keep(answer, folder)
    if as_json:
        _output.give(
            {"folder": str(folder), "proved": answer.is_proved, "pairs": [row[:3] for row in answer.pairs.rows]}
        )
    else:
        click.echo(f"{answer.text}\nKept in {folder}.")


def tell(progress: Progress) -> None:
    click.echo(f"round {progress.round}: at most {100 * progress.gap:.2g} % from the best", err=True)


def sheets(content: bytes) -> tuple[list[columns.Line], list[columns.Line], dict[str, str]]:
    """The rows of both sheets, and the settings. Raises `Unreadable`."""
    if not content.startswith((b"PK", b"\xd0\xcf")):
        raise Unreadable("needs_a_workbook", sheets="mentees, mentors")
    settings: dict[str, str] = {}
    try:
        settings = {row["name"]: row["value"] for row in map(cells, lines(spreadsheet.read(content, sheet="settings")))}
    except Unreadable as trouble:
        if trouble.code not in ("no_such_sheet", "empty"):
            raise
    except KeyError as missing:
        raise Unreadable("missing_column", sheet="settings", column=missing.args[0]) from missing
    mentees, mentors = (lines(spreadsheet.read(content, sheet=name)) for name in ("mentees", "mentors"))
    return mentees, mentors, settings


def lines(table: Table) -> list[columns.Line]:
    return [columns.Line(row.number, dict(zip(table.header, row.cells, strict=False))) for row in table.rows]


def cells(line: columns.Line) -> dict[str, str]:
    return dict(line.cells)


def keep(answer: Report, folder: Path) -> None:
    """Write every sheet as CSV, which any program opens, and the report as text."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in (answer.pairs, answer.left_over, answer.mentors, answer.certificate):
        (folder / f"{sheet.title.replace(' ', '-')}.csv").write_bytes(csv.write(sheet.header, sheet.rows))
    (folder / "report.txt").write_text(answer.text + "\n", encoding="utf-8")
