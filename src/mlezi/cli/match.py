"""mlezi match FILE"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from mlezi.cli import _output, _two_sheets
from mlezi.formats.table import Unreadable
from mlezi.methods.assignment.problem import Problem
from mlezi.methods.assignment.sheets import columns, reading
from mlezi.methods.assignment.sheets.policy import Policy, choose
from mlezi.methods.assignment.sheets.report import report
from mlezi.methods.assignment.solve import Progress, solve
from mlezi.methods.routing.lake_victoria import CROSSINGS

OF_TWO_SHEETS = {
    "no_such_sheet": "It has no sheet {sheet}. Its sheets are: {sheets}. Call one mentees (or walezwa) and one mentors "
    "(or walezi).",
    "one_table": "It is one table, and a round needs two. Give both files: mlezi match {file} MENTORS.csv",
    "settings_columns": "The sheet {sheet} needs the columns name and value; it has: {found}.",
}


def help_on_columns() -> str:
    """Which columns the sheets may have, for `--help`."""
    parts = []
    for title, known in (("mentees", columns.MENTEES), ("mentors", columns.MENTORS), ("settings", columns.SETTINGS)):
        parts.append(f"\b\nSheet {title}:\n" + "\n".join(f"  {name}: {text}" for name, text in known.items()))
    return "\n\n".join(parts)


@click.command(epilog=help_on_columns())
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("mentors", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the answer; FILE-matched.")
@click.option("--tolerance", type=click.FloatRange(0, 1), default=0.0, help="Stop at this gap: 0.001 is 0.1 %.")
@click.option("--check", "checks", is_flag=True, help="Match nothing; check the answer in the folder against FILE.")
@_output.as_json
def command(
    *, file: Path, mentors: Path | None, out: Path | None, tolerance: float, checks: bool, as_json: bool
) -> None:
    """Pair mentees with mentors from a workbook, prove that it is the best way, and say why.

    FILE is a workbook (.xlsx, .ods, .xls) with the sheets "mentees" and "mentors", and "settings" if you like (columns
    name and value); or a table of mentees, and MENTORS another one of mentors (CSV, too). Columns may be called in
    English or Swahili. The answer is a folder: pairs with reasons, who is left over and why, mentors, certificate,
    report.
    """
    folder = out or file.with_name(f"{file.stem}-matched")
    problem, policy = read(file, mentors)
    if checks:
        check(problem, policy, folder)
        return
    quiet = as_json or not sys.stderr.isatty()
    run = partial(solve, tolerance=tolerance, progress=(lambda _: None) if quiet else tell)
    try:
        chosen = choose(problem, policy, run)
        answer = report(chosen)
    except ValueError as trouble:
        raise click.ClickException(str(trouble)) from trouble
    _two_sheets.keep(chosen, answer, folder)
    if as_json:
        _output.give(
            {"folder": str(folder), "proved": answer.is_proved, "pairs": [row[:3] for row in answer.pairs.rows]}
        )
    else:
        click.echo(f"{answer.text}\nKept in {folder}.")


def read(file: Path, mentors: Path | None) -> tuple[Problem, Policy]:
    """The round of the files, or all that is to be mended in them."""
    try:
        return reading.read(*_two_sheets.read(file, mentors), crossings=CROSSINGS, note=remark)
    except Unreadable as trouble:
        raise click.ClickException(f"{file.name} cannot be read. {unreadable(trouble)}") from trouble
    except columns.Mistakes as trouble:
        for mistake in trouble.mistakes:
            click.echo(f"{_output.sign('mistake', 'red')}  {mistake}", err=True)
        raise click.ClickException(f"{len(trouble.mistakes)} to mend in {file.name}; nothing was matched.") from trouble


def unreadable(trouble: Unreadable) -> str:
    from mlezi.audit import problems  # noqa: PLC0415 - Django, which a round that can be read does without

    if trouble.code in OF_TWO_SHEETS:
        return OF_TWO_SHEETS[trouble.code].format(**trouble.facts)
    return str(problems.unreadable(trouble))


def check(problem: Problem, policy: Policy, folder: Path) -> None:
    """Say whether the answer in a folder holds; end with code 1 where it does not."""
    try:
        wrong = _two_sheets.check(problem, policy, folder)
    except (OSError, ValueError) as trouble:
        raise click.ClickException(f"{folder} holds no answer that can be checked: {trouble}") from trouble
    for text in wrong:
        click.echo(f"{_output.sign('wrong', 'red')}  {text}", err=True)
    if wrong:
        raise click.ClickException("This answer does not hold. Do not use it.")
    click.echo("The answer holds: the pairs keep every rule, and no other set of pairs is worth more than the bound.")


def remark(text: str) -> None:
    click.echo(f"{_output.sign('note', 'yellow')}  {text}", err=True)


def tell(progress: Progress) -> None:
    click.echo(f"round {progress.round}: at most {100 * progress.gap:.2g} % from the best", err=True)
