"""What is said about a checklist's file as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from mlezi.formats.table import Table, Unreadable
from mlezi.formats.trouble import Trouble
from mlezi.formats.trouble import gettext_noop as say

WHY_NOT = {
    "empty": say("There is nothing in it."),
    "damaged_workbook": say("The workbook cannot be opened; it may be cut off or locked by a password."),
    "too_large": say("The workbook is too large to be a checklist."),
    "too_many_rows": say("It has too many rows to be a checklist."),
    "encoding": say("The letters of this file cannot be read."),
    "column_twice": say("Two columns are called “{column}”."),
    "more_cells_than_columns": say("Row {row} has {cells} cells but there are {columns} columns."),
}


def unreadable(error: Unreadable, sheet: str = "") -> Trouble:
    return Trouble(
        f"checklist.{error.code}",
        WHY_NOT.get(error.code, say("The file is not a table.")),
        say("Save it as .xlsx or as CSV in UTF-8, with the names of the columns, each once, in the first row."),
        sheet,
        facts=error.facts,
        blocks=True,
    )


def repeated_sections(sheet: str, rows: list[int]) -> Trouble:
    return Trouble(
        "checklist.section_again",
        say("Rows {rows} name sections that were named before; they were not used again."),
        say("Nothing needs to be done. Delete them when you next edit the workbook."),
        sheet,
        rows[0],
        facts={"rows": ", ".join(_runs(rows))},
    )


def no_sheet(title: str, book: Mapping[str, Table]) -> Trouble:
    return Trouble(
        "checklist.no_sheet",
        say("There is no sheet {title}."),
        say("Choose one of: {sheets}."),
        facts={"title": title, "sheets": ", ".join(book)},
        blocks=True,
    )


def no_such_name(name: str, names: Iterable[str]) -> Trouble:
    return Trouble(
        "checklist.no_such_name",
        say("{name} is nothing a column can be."),
        say("Use one of: {names}."),
        facts={"name": name, "names": ", ".join(names)},
        blocks=True,
    )


def no_such_column(sheet: str, name: str, title: str, table: Table) -> Trouble:
    return Trouble(
        "checklist.no_such_column",
        say("There is no column “{title}” for {name}."),
        say("Choose one of: {columns}."),
        sheet,
        1,
        facts={"name": name, "title": title, "columns": ", ".join(filter(None, table.header))},
        blocks=True,
    )


def no_label(title: str, table: Table) -> Trouble:
    return Trouble(
        "checklist.no_label",
        say("No column of this sheet is known to hold the items."),
        say("Name it label, or say which it is, as in --column 'label={column}'. Its columns: {columns}."),
        title,
        1,
        facts={"column": table.header[0], "columns": ", ".join(filter(None, table.header))},
        blocks=True,
    )


def nothing(title: str) -> Trouble:
    return Trouble(
        "checklist.nothing",
        say("No item of this sheet could be read."),
        say("Each row below its header has to hold an item, with its words under label."),
        title,
        blocks=True,
    )


def _runs(rows: Sequence[int]) -> Iterator[str]:
    """19, 20, 21, 30 as 19–21 and 30."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        first, *_, last = [*(row for _, row in run)] * 2
        yield str(first) if first == last else f"{first}–{last}"
