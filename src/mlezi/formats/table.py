"""A neutral table of words: what a spreadsheet or CSV holds, whatever file it came in.

Not a typed table: a cell is the text a person would read in it. Rows keep the number under which a
spreadsheet shows them, so that a message can say where to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

MOST_TITLES = 8  # lines above the header: what a list is, of which day, from whom
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(ValueError):
    """A file that is no table we can read. `code` says why; `facts` where and what was found."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Share(float):
    """A share of 1. A workbook shows it as per cent and still counts with it."""


@dataclass(frozen=True)
class Row:
    number: int  # as the spreadsheet counts: its first row is 1
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`header` and rows of the same width, blank rows left out."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def from_lines(lines: Iterable[Sequence[str]], *, most_rows: int) -> Table:
    """The first line with any text is the header; short lines are filled, blank ones skipped.

    What stands alone in its line above a wider one is the title of the list, not its header.
    Raises `Unreadable`: "empty", "too_many_rows", "column_twice", "more_cells_than_columns".
    """
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, cells in _without_titles(_stripped(lines)):
        if not header:
            header = tuple(cells)
            twice = sorted({name for name in header if name and header.count(name) > 1})
            if twice:
                raise Unreadable("column_twice", column=twice[0])
            continue
        if len(cells) > len(header):
            raise Unreadable("more_cells_than_columns", row=number, cells=len(cells), columns=len(header))
        if len(rows) >= most_rows:
            raise Unreadable("too_many_rows", most=most_rows)
        rows.append(Row(number, tuple(cells) + ("",) * (len(header) - len(cells))))
    if not header:
        raise Unreadable("empty")
    return Table(header, tuple(rows))


def _stripped(lines: Iterable[Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    """Lines with any text and their numbers, without the empty cells at their end."""
    for number, line in enumerate(lines, start=1):
        cells = [plain(cell.strip()) for cell in line]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _without_titles(lines: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    first = list(islice(lines, MOST_TITLES + 1))
    start = next((index for index, (_, cells) in enumerate(first) if not stands_alone(cells)), 0)
    return chain(first[start:], lines)


def stands_alone(cells: Sequence[str]) -> bool:
    """Whether a line has one cell with text, as a title above a table has."""
    return sum(bool(cell.strip()) for cell in cells) == 1


def harmless(text: str) -> str:
    """Text that no spreadsheet program takes for a formula (OWASP, *CSV Injection*)."""
    return "'" + text if text.startswith(DANGEROUS) else text


def plain(text: str) -> str:
    """Undo `harmless`, so that a file we wrote reads back as it was."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text
