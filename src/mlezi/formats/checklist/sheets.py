"""The sheets of a checklist's file, whatever file it is, and what the checklist is called."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from mlezi.formats import spreadsheet
from mlezi.formats.checklist import columns
from mlezi.formats.table import Table, Unreadable, from_lines
from mlezi.formats.trouble import CannotRead, Trouble
from mlezi.formats.trouble import gettext_noop as say

TITLES = ("checklist", "checklists")


def opened(content: bytes, name: str) -> dict[str, Table]:
    """Every sheet that holds a table, by name, in order."""
    try:
        if PurePath(name).suffix.lower() in (".md", ".markdown"):
            return {"checklist": _markdown(content)}
        if not content.startswith(b"PK"):
            return {"checklist": spreadsheet.read(content)}
        return dict(_filled(content))
    except (Unreadable, UnicodeDecodeError, StopIteration) as error:
        code = getattr(error, "code", "encoding")
        raise CannotRead([_unreadable(code)]) from error


def _filled(content: bytes) -> Iterator[tuple[str, Table]]:
    import openpyxl  # noqa: PLC0415 - half a second to load
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        names = openpyxl.load_workbook(io.BytesIO(content), read_only=True).sheetnames
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise Unreadable("damaged_workbook") from error
    tables = 0
    for name in names:
        try:
            yield name, spreadsheet.read(content, sheet=name)
            tables += 1
        except Unreadable as error:
            if error.code != "empty":
                raise
    if not tables:
        raise Unreadable("empty")


def _markdown(content: bytes) -> Table:
    lines = [line.strip().strip("|").split("|") for line in content.decode("utf-8-sig").splitlines() if "|" in line]
    return from_lines([line for line in lines if not set("".join(line)) <= set("-: ")], most_rows=10_000)


def name_of(book: Mapping[str, Table], name: str) -> tuple[str, str]:
    """Code and title from a sheet that names the checklist, otherwise from the file's name."""
    for title, table in book.items():
        if columns.plain(title) in TITLES and len(table.rows) == 1 and len(table.header) == 2:
            code, words = table.rows[0].cells
            return xml_name(code) or "checklist", words
    stem = PurePath(name).stem
    return xml_name(stem) or "checklist", stem.replace("-", " ").replace("_", " ").capitalize()


def xml_name(text: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return f"c_{name}" if name[:1].isdigit() else name


def _unreadable(code: str) -> Trouble:
    return Trouble(
        f"checklist.{code}",
        say("The file is not a table that can be read ({code})."),
        say("Save it as .xlsx or as CSV in UTF-8, with the names of the columns in the first row."),
        facts={"code": code},
    )
