"""OpenDocument spreadsheets in (`.ods`, as LibreOffice saves them): one sheet, read as the words a person sees.

OASIS Open Document Format 1.3, part 3, section 9. Rows and cells that repeat are written once with a count; the
empty ones at the end repeat a million times, so a count is looked at before anything is unfolded.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from mlezi.formats.table import Table, Unreadable, from_lines

SIGN = b"application/vnd.oasis.opendocument"
MOST_UNPACKED = 300_000_000  # bytes
WIDEST = 500  # columns looked at
OFFICE, TABLE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "table", "text"))


def read(content: bytes, *, sheet: str = "", most_rows: int = 100_000) -> Table:
    """The table in a sheet of an .ods workbook: the named one, or the first. Raises `Unreadable`."""
    pages = _pages(content)
    names = [page.get(f"{TABLE}name", "") for page in pages]
    if not names:
        raise Unreadable("empty")
    if sheet and sheet not in names:
        raise Unreadable("no_such_sheet", sheet=sheet, sheets=", ".join(names))
    return from_lines(_lines(pages[names.index(sheet or names[0])], most_rows), most_rows=most_rows)


def names(content: bytes) -> list[str]:
    """The sheets, in order. Raises `Unreadable`."""
    return [page.get(f"{TABLE}name", "") for page in _pages(content)]


def _pages(content: bytes) -> list[etree._Element]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise Unreadable("too_large")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            root = etree.fromstring(parts.read("content.xml"), parser)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, etree.XMLSyntaxError) as error:
        raise Unreadable("damaged_workbook") from error
    return list(root.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table"))


def _lines(page: etree._Element, most_rows: int) -> Iterator[list[str]]:
    """Rows as they are counted on the screen. Blank ones are unfolded only when something comes after them."""
    blank = 0
    for row in page.iter(f"{TABLE}table-row"):
        cells, times = _cells(row), _times(row, "rows")
        if not cells:
            blank += times
            continue
        if blank > most_rows * 10 or times > most_rows:
            raise Unreadable("too_many_rows", most=most_rows)
        yield from ([""] for _ in range(blank))
        blank = 0
        for _ in range(times):
            yield list(cells)


def _cells(row: etree._Element) -> list[str]:
    found: list[str] = []
    for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        found += [_words(cell)] * min(_times(cell, "columns"), WIDEST - len(found))
    while found and not found[-1].strip():
        found.pop()
    return found


def _times(element: etree._Element, what: str) -> int:
    count = element.get(f"{TABLE}number-{what}-repeated", "1")
    return int(count) if count.isdigit() else 1


def _words(cell: etree._Element) -> str:
    """A number or day as it is kept, not as it is shown: a cell may show 3 and hold 3.25."""
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind == "boolean":
        return "yes" if cell.get(f"{OFFICE}boolean-value") == "true" else "no"
    if kind == "date":
        return cell.get(f"{OFFICE}date-value", "").removesuffix("T00:00:00").replace("T", " ")
    if kind in ("float", "percentage", "currency"):
        return _number(cell.get(f"{OFFICE}value", ""))
    return "\n".join("".join(map(str, line.itertext())) for line in cell.iterchildren(f"{TEXT}p"))


def _number(text: str) -> str:
    whole, _, rest = text.partition(".")
    return whole if not rest.strip("0") else text
