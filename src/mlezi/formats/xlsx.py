"""Excel workbooks in (`.xlsx`, `.xls`) and out (`.xlsx`): one sheet, read as the words a person sees.

openpyxl takes half a second to load: the first workbook pays, not every command.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mlezi.formats.table import Share, Table, Unreadable, from_lines

if TYPE_CHECKING:
    import xlrd

MOST_UNPACKED = 300_000_000  # bytes; a small file that unpacks to more is an attack or a mistake
WIDEST = 500  # columns looked at
MOST_LINKS = 65_000  # a sheet with more does not open in Excel
ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)}  # XML 1.0 has no place for these


def read(content: bytes, *, sheet: str = "", most_rows: int = 100_000) -> Table:
    """The table in a sheet of an .xlsx workbook: the named one, or the first. Raises `Unreadable`."""
    book = _opened(content)
    try:
        names = [one.title for one in book.worksheets]
        if sheet and sheet not in names:
            raise Unreadable("no_such_sheet", sheet=sheet, sheets=", ".join(names))
        if not names:
            raise Unreadable("empty")
        page = book[sheet or names[0]]
        page.reset_dimensions()  # some programs write a wrong size
        return from_lines(_lines(page.iter_rows(max_col=WIDEST, values_only=True)), most_rows=most_rows)
    except Unreadable:
        raise
    except Exception as error:  # a damaged workbook fails in many ways
        raise Unreadable("damaged_workbook") from error
    finally:
        book.close()


def _opened(content: bytes) -> Any:
    import openpyxl  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise Unreadable("too_large")
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("damaged_workbook") from error


def names(content: bytes) -> list[str]:
    """The sheets of an .xlsx workbook, in order. Raises `Unreadable`."""
    book = _opened(content)
    try:
        return [one.title for one in book.worksheets]
    finally:
        book.close()


def names_old(content: bytes) -> list[str]:
    """The same for an .xls workbook."""
    import xlrd  # noqa: PLC0415

    try:
        return list(xlrd.open_workbook(file_contents=content, on_demand=True).sheet_names())
    except Exception as error:
        raise Unreadable("damaged_workbook") from error


def read_old(content: bytes, *, sheet: str = "", most_rows: int = 100_000) -> Table:
    """The same for an .xls workbook."""
    import xlrd  # noqa: PLC0415

    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=False)
        names = book.sheet_names()
        if sheet and sheet not in names:
            raise Unreadable("no_such_sheet", sheet=sheet, sheets=", ".join(names))
        page = book.sheet_by_name(sheet or names[0])
        lines = ([_old_cell(cell, book.datemode) for cell in page.row(index)] for index in range(page.nrows))
        return from_lines(lines, most_rows=most_rows)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("damaged_workbook") from error


@dataclass(frozen=True)
class Link:
    """A cell that opens an address."""

    value: object
    address: str


Sheet = tuple[str, Sequence[str], Iterable[Sequence[object]]]  # title, header, rows


def write(header: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "Mlezi") -> bytes:
    """A workbook with a bold, frozen header. Text stays text: no cell of ours is ever a formula."""
    return write_sheets([(title, header, rows)])


def write_sheets(sheets: Sequence[Sheet]) -> bytes:
    """The same of several sheets; the first is seen when it opens."""
    import openpyxl  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book, bold = openpyxl.Workbook(write_only=True), Font(bold=True)
    for title, header, rows in sheets:
        page = book.create_sheet(_sheet_name(title))
        page.freeze_panes = "A2"
        for index, name in enumerate(header, start=1):
            page.column_dimensions[get_column_letter(index)].width = min(max(len(name) + 2, 12), 40)
        page.append([_cell(page, name, bold) for name in header])
        left = iter(range(MOST_LINKS))
        for row in rows:
            page.append([_link(page, one, left) if isinstance(one, Link) else _cell(page, one) for one in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _link(page: Any, link: Link, left: Iterator[int]) -> Any:
    from openpyxl.styles import Font  # noqa: PLC0415

    if next(left, None) is None:
        return _cell(page, link.value)
    cell = _cell(page, link.value, Font(color="0563C1", underline="single"))
    cell.hyperlink = link.address
    return cell


def _cell(page: Any, value: Any, font: Any = None) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.replace(tzinfo=None)  # a workbook knows no zones; callers give local time
    if value is not None and not isinstance(value, bool | int | float | Decimal | date | datetime | time):
        value = str(value).translate(ILLEGAL)
    cell = WriteOnlyCell(page, value=float(value) if isinstance(value, Share) else value)
    if isinstance(value, Share):
        cell.number_format = "0.0%"
    if isinstance(value, str):
        cell.data_type = "s"  # otherwise "=1+1" becomes a formula
    if font:
        cell.font = font
    return cell


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in r"[]:*?/\'")[:31] or "Mlezi"


def _lines(rows: Iterable[Sequence[object]]) -> Iterator[list[str]]:
    for row in rows:
        yield [as_words(value) for value in row]


def as_words(value: object) -> str:
    """A cell's value as a person reads it; days in ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _old_cell(cell: xlrd.sheet.Cell, datemode: int) -> str:
    import xlrd  # noqa: PLC0415

    if cell.ctype == xlrd.XL_CELL_DATE:
        return as_words(xlrd.xldate_as_datetime(cell.value, datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return as_words(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    return as_words(cell.value)
