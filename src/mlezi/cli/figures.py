"""mlezi figures FILE"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlezi.cli import _output
from mlezi.formats import documents
from mlezi.methods.manuscripts.finding import Verdict
from mlezi.reports import manuscripts

COLOURS = {"good": "green", "late": "red", "wait": "yellow"}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "shows_all", is_flag=True, help="Show the figures that hold as well.")
@_output.as_json
def command(file: Path, shows_all: bool, as_json: bool) -> None:
    """Check the figures that a manuscript prints: which do not hold together, and what they would be.

    FILE is text, Word, PDF, RTF or OpenDocument. Looked at are counts with their percentages, intervals of shares,
    means with SD and interval (and the n that explains them), and percentages that should add up. Exit code 1 when a
    figure does not hold.
    """
    try:
        pages = documents.pages(file.read_bytes(), file.name)
    except documents.CannotReadDocument as trouble:
        why = trouble.code.replace("_", " ")
        raise click.ClickException(f"{file.name} cannot be read: {why}. Save it as Word or text.") from trouble
    lines = manuscripts.checked(*pages)
    if as_json:
        _output.give([{"page": one.page, "line": one.line, "verdict": one.verdict, "quote": one.quote, "says": one.says,
                       "would_be": one.would_be} for one in lines])  # fmt: skip
    else:
        for one in lines:
            if shows_all or one.verdict is not Verdict.HOLDS:
                show(file, one)
        click.echo(manuscripts.summary(lines))
    if any(one.verdict is Verdict.FAILS for one in lines):
        sys.exit(1)


def show(file: Path, one: manuscripts.Line) -> None:
    click.echo(f"{file.name}, {one.place.lower()}: {_output.sign(one.word, COLOURS[one.tone])}  {one.quote}")
    click.echo(f"    {one.says}" + (f"  → {one.would_be}" if one.would_be else ""))
