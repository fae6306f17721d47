"""The sheets of a checklist's file, whatever file it is, and what the checklist is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from mlezi.formats import spreadsheet
from mlezi.formats.checklist import columns, remarks
from mlezi.formats.table import Table, Unreadable, from_lines
from mlezi.formats.trouble import CannotRead

TITLES = ("checklist", "checklists")
QUESTIONS, SECTIONS = ("questions", "items"), ("sections",)
NEEDED = (*QUESTIONS, *SECTIONS)


def opened(content: bytes, name: str, sheet: str = "") -> dict[str, Table]:
    """Every sheet that holds a table, by name, in order. One that cannot be read matters if it is needed."""
    try:
        if PurePath(name).suffix.lower() in (".md", ".markdown"):
            return {"checklist": _markdown(content)}
        sheets = spreadsheet.names(content)
        return _filled(content, sheets, sheet) if sheets else {"checklist": spreadsheet.read(content)}
    except Unreadable as error:
        raise CannotRead([remarks.unreadable(error)]) from error
    except (UnicodeDecodeError, StopIteration) as error:
        raise CannotRead([remarks.unreadable(Unreadable("encoding"))]) from error


def _filled(content: bytes, sheets: Sequence[str], wanted: str) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    faults: dict[str, Unreadable] = {}
    for name in sheets:
        try:
            tables[name] = spreadsheet.read(content, sheet=name)
        except Unreadable as error:
            faults[name] = error
    for name, fault in faults.items():
        is_needed = name == wanted or columns.plain(name) in NEEDED and fault.code != "empty"
        if is_needed or not tables:
            raise CannotRead([remarks.unreadable(fault, name)]) from fault
    return tables


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
    """As a name in a form: é is e, everything but letters and digits is a line below."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    return f"c_{name}" if name[:1].isdigit() else name
