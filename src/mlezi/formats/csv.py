"""CSV in and out: any delimiter and the usual encodings in; UTF-8 with a mark out, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from mlezi.formats.table import Table, Unreadable, from_lines, harmless, stands_alone

DELIMITERS = ",;\t|"


def read(content: bytes, *, most_rows: int = 100_000) -> Table:
    """The table in a CSV file. Raises `Unreadable`."""
    text = decoded(content)
    if "\0" in text:
        raise Unreadable("not_a_table")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        return from_lines(reader, most_rows=most_rows)
    except csv.Error as error:
        raise Unreadable("not_a_table", line=reader.line_num) from error


def decoded(content: bytes) -> str:
    """Text by its mark, as UTF-8, or else as Windows writes Western European text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """The sign that splits the first lines into the most columns of equal number; a comma when none does."""
    start = text[:20_000]

    def width(delimiter: str) -> tuple[float, int]:
        try:
            lines = [line for line in _first(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)) if line]
        except csv.Error:
            return (0.0, 0)
        header = next((line for line in lines if not stands_alone(line)), [])  # below titles of the list
        columns = len(header)
        if columns < 2:
            return (0.0, columns)
        return (sum(len(line) == columns for line in lines) / len(lines), columns)

    best = max(DELIMITERS, key=width)
    return best if width(best)[1] > 1 else ","


def _first(lines: Iterator[list[str]], most: int = 20) -> Iterator[list[str]]:
    for _, line in zip(range(most), lines, strict=False):
        yield line


def write(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark; text that looks like a formula is made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(title) for title in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return value
    return harmless(str(value))
