"""Reads a table from whatever spreadsheet file somebody has, told apart by its first bytes."""

from __future__ import annotations

from mlezi.formats import csv, ods, xlsx
from mlezi.formats.table import Table, Unreadable


def read(content: bytes, *, sheet: str = "", most_rows: int = 100_000) -> Table:
    """The table in a CSV, .xlsx, .ods or .xls file. Raises `Unreadable` with a code, never anything else."""
    if not content.strip():
        raise Unreadable("empty")
    if ods.SIGN in content[:200]:  # OpenDocument files say first, and in plain words, what they are
        return ods.read(content, sheet=sheet, most_rows=most_rows)
    if content.startswith(b"PK"):
        return xlsx.read(content, sheet=sheet, most_rows=most_rows)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return xlsx.read_old(content, sheet=sheet, most_rows=most_rows)
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable("not_a_table")
    return csv.read(content, most_rows=most_rows)


def names(content: bytes) -> list[str]:
    """The sheets of a workbook, in order; none in a CSV. Raises `Unreadable`."""
    if ods.SIGN in content[:200]:
        return ods.names(content)
    if content.startswith(b"PK"):
        return xlsx.names(content)
    return xlsx.names_old(content) if content.startswith(b"\xd0\xcf\x11\xe0") else []
