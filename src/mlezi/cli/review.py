"""mlezi review FILE"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from mlezi.cli import _output
from mlezi.formats import csv, spreadsheet
from mlezi.formats.table import Table, Unreadable
from mlezi.methods.statistics import review_flow
from mlezi.methods.statistics.review_flow import BadRecord, Flow, Record
from mlezi.reports import review

SAYINGS = {
    "unknown_source": f"“{{value}}” is no source; one of: {', '.join(review_flow.SOURCES)}.",
    "unknown_state": f"“{{value}}” is no state; one of: {', '.join(review_flow.STATES)}.",
    "not_screened": "a record found by {value} is not screened; count it once it is sought, or leave it out.",
    "no_reason": "an ineligible report needs its reason.",
}
REASONS: dict[str, review_flow.Column] = {"dbr_excluded": "dbr", "other_excluded": "other"}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Write the diagram here, as SVG.")
@click.option("--boxes", type=click.Path(dir_okay=False, path_type=Path), help="Write the boxes here, as CSV.")
@_output.as_json
def command(file: Path, picture: Path | None, boxes: Path | None, as_json: bool) -> None:
    """Count the flow of a literature review (PRISMA 2020), or check boxes that somebody counted.

    FILE is CSV or a spreadsheet. With the columns source and state (and reason, study) it holds a row a record found,
    and every box is counted. With the columns data and n it holds a row a box, as the PRISMA2020 app writes them. Exit
    code 1 when the boxes do not add up.
    """
    try:
        flow = read(spreadsheet.read(file.read_bytes()))
    except Unreadable as trouble:
        raise click.ClickException(
            f"{file.name} is no table that can be read: {trouble.code.replace('_', ' ')}."
        ) from trouble
    wrong = review_flow.broken(flow)
    if as_json:
        broken = [{"box": one.box, "found": one.found, "due": one.due, "at_most": one.at_most} for one in wrong]
        _output.give({"boxes": flow.boxes, "reasons": flow.reasons, "waiting": flow.waiting, "broken": broken})
    else:
        show(flow, wrong)
    if picture:
        picture.write_text(review.picture(flow), encoding="utf-8")
    if boxes:
        boxes.write_bytes(csv.write(("data", "n"), as_rows(flow)))
    if wrong:
        sys.exit(1)


def show(flow: Flow, wrong: tuple[review_flow.Broken, ...]) -> None:
    for title, n in review.rows(flow):
        click.echo(f"{n:>7}  {title}")
    for one in wrong:
        click.echo(f"{_output.sign('does not add up', 'red')}  {review.sentence(one)}")
    if not wrong:
        click.echo(f"{_output.sign('adds up', 'green')}  every box follows from the others.")


def read(table: Table) -> Flow:
    heads = {head.strip().lower(): place for place, head in enumerate(table.header)}
    if {"data", "n"} <= heads.keys():
        return counted(table, heads["data"], heads["n"])
    if missing := [name for name in ("source", "state") if name not in heads]:
        raise click.ClickException(f"There is no column “{missing[0]}”. A row a record needs source and state.")

    def cell(cells: tuple[str, ...], name: str) -> str:
        return cells[heads[name]].strip() if name in heads else ""

    def word(cells: tuple[str, ...], name: str) -> str:
        return re.sub(r"[\s-]+", "_", cell(cells, name).lower())

    records = [
        Record(word(row.cells, "source"), word(row.cells, "state"), cell(row.cells, "reason"), cell(row.cells, "study"))
        for row in table.rows
    ]
    try:
        return review_flow.flow(records)
    except BadRecord as bad:
        row = table.rows[bad.place - 1].number
        raise click.ClickException(f"Row {row}: {SAYINGS[bad.code].format(value=bad.value)}") from bad


def counted(table: Table, name: int, n: int) -> Flow:
    """The boxes of a table; those it does not name, and lines of layout, are left out."""
    boxes: dict[str, int] = {}
    reasons: dict[review_flow.Column, dict[str, int]] = {"dbr": {}, "other": {}}
    for row in table.rows:
        box, value = row.cells[name].strip(), row.cells[n].strip()
        if box in REASONS:
            reasons[REASONS[box]] = _reasons(row.number, value)
        elif box in review_flow.BOXES and value not in ("", "NA"):
            boxes[box] = _number(row.number, value)
    if missing := [box for box in review_flow.BOXES if box not in boxes and box not in review_flow.OPTIONAL]:
        raise click.ClickException(f"The box {missing[0]} is missing.")
    return Flow(boxes, reasons)


def _reasons(row: int, value: str) -> dict[str, int]:
    """`Wrong people, 3; Abstract only, 4`; a number alone is ineligible without a reason."""
    found: dict[str, int] = {}
    for part in value.split(";"):
        reason, _, n = part.rpartition(",")
        if part.strip() not in ("", "NA"):
            found[reason.strip() or "no reason given"] = _number(row, n)
    return found


def _number(row: int, value: str) -> int:
    plain = re.sub(r"[\s,]", "", value)
    if not plain.isdecimal():
        raise click.ClickException(f"Row {row}: “{value.strip()}” is no count.")
    return int(plain)


def as_rows(flow: Flow) -> list[tuple[str, str]]:
    rows = [(box, str(n)) for box, n in flow.boxes.items()]
    for box, column in REASONS.items():
        said = (f"{reason.replace(';', ',')}, {n}" for reason, n in flow.reasons.get(column, {}).items())
        rows.append((box, "; ".join(said)))
    return rows
