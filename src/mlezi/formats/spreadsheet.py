"""Reads a table from whatever spreadsheet file somebody has, told apart by its first bytes."""

from __future__ import annotations

from mlezi.formats import csv, xlsx
from mlezi.formats.table import Table, Unreadable


def read(content: bytes, *, sheet: str = "", most_rows: int = 100_000) -> Table:
    """The table in a CSV, .xlsx or .xls file. Raises `Unreadable` with a code, never anything else."""
    if not content.strip():
        raise Unreadable("empty")
    if content.startswith(b"PK"):
        return xlsx.read(content, sheet=sheet, most_rows=most_rows)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return xlsx.read_old(content, sheet=sheet, most_rows=most_rows)
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable("not_a_table")
    return csv.read(content, most_rows=most_rows)
