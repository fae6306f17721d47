"""What is said about a checklist's file as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from mlezi.formats.table import Table
from mlezi.formats.trouble import Trouble
from mlezi.formats.trouble import gettext_noop as say


def repeated_sections(sheet: str, rows: list[int]) -> Trouble:
    return Trouble(
        "checklist.section_again",
        say("Rows {rows} name sections that were named before; they were not used again."),
        say("Nothing needs to be done. Delete them when you next edit the workbook."),
        sheet,
        rows[0],
        facts={"rows": ", ".join(map(str, rows))},
    )


def no_sheet(title: str, book: Mapping[str, Table]) -> Trouble:
    return Trouble(
        "checklist.no_sheet",
        say("There is no sheet {title}."),
        say("Choose one of: {sheets}."),
        facts={"title": title, "sheets": ", ".join(book)},
    )


def no_label(title: str, table: Table) -> Trouble:
    return Trouble(
        "checklist.no_label",
        say("No column of this sheet is known to hold the items."),
        say("Say which it is, as in --column label=“{column}”."),
        title,
        1,
        facts={"column": table.header[0]},
    )


def nothing(title: str) -> Trouble:
    return Trouble(
        "checklist.nothing",
        say("No item of this sheet could be read."),
        say("Look at the rows below, correct them, and try again."),
        title,
    )
