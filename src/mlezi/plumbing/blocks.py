"""The blocks a report is made of. An open set: whatever keeps the protocol stands in every document.

A block has a `template` for pages and says in `plain()` what it is in four plain shapes (`Heading`, `Paragraph`,
`Table`, `Image`), from which PDF, Word and spreadsheet are made. A new kind of block is a class with these two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.functional import Promise

from mlezi.plumbing.charts import Chart

Words = str | Promise
LONGEST = 40  # signs of a figure with its interval; a longer one is a checksum


class Block(Protocol):
    """One part of a report."""

    @property
    def template(self) -> str:
        """Draws the block on a page; it is given as `block`."""

    def plain(self) -> Sequence[Plain]:
        """The same as headings, paragraphs, tables and images."""


@dataclass(frozen=True)
class Heading:
    """A title inside the report; level 2 is a section."""

    text: Words
    level: int = 2
    anchor: str = ""
    template: str = field(default="blocks/heading.html", repr=False)

    def plain(self) -> Sequence[Plain]:
        return (self,)


@dataclass(frozen=True)
class Paragraph:
    """A few sentences; `tone` is empty, or note, wait, late, good for one that must be seen."""

    text: Words
    tone: str = ""
    template: str = field(default="blocks/paragraph.html", repr=False)

    def plain(self) -> Sequence[Plain]:
        return (self,)


@dataclass(frozen=True)
class Table:
    """Rows of words under a header; the first cell of a row names it. `opens` are addresses, one a row."""

    title: Words
    header: Sequence[Words]
    rows: Sequence[Sequence[Words]]
    note: Words = ""
    opens: Sequence[str] = ()
    about: Words = ""  # what tells it from another table of the same title, for those who hear the page
    template: str = field(default="blocks/table.html", repr=False)

    def plain(self) -> Sequence[Plain]:
        return (self,)

    @property
    def figures(self) -> list[bool]:
        """Whether each column is of figures, which stand at the right; words stand at the left."""
        width = max([len(self.header), *(len(row) for row in self.rows)])
        columns = [[str(row[place]) for row in self.rows if place < len(row)] for place in range(width)]
        return [_are_figures(column) for column in columns]

    @property
    def heads(self) -> list[tuple[Words, bool]]:
        return list(zip(self.header, self.figures, strict=False))

    @property
    def lines(self) -> list[tuple[list[tuple[Words, bool]], str]]:
        """Rows of cells, each with whether it is a figure; and the address a row opens to."""
        opens = [*self.opens, *[""] * (len(self.rows) - len(self.opens))]
        figures = self.figures
        rows = [list(zip(row, figures, strict=False)) for row in self.rows]
        return list(zip(rows, opens, strict=True))


def _are_figures(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell not in ("", "–")]
    begin = sum(cell.lstrip("-−<>\N{NO-BREAK SPACE}")[:1].isdecimal() and len(cell) <= LONGEST for cell in said)
    return begin * 2 > len(said)


@dataclass(frozen=True)
class Image:
    """A picture as SVG, with the words for those who do not see it."""

    title: Words
    svg: str
    words: Words


@dataclass(frozen=True)
class Picture:
    """A chart with its numbers behind it. `is_told` where a table of the report already holds them all."""

    chart: Chart
    note: Words = ""
    is_told: bool = False
    template: str = field(default="blocks/picture.html", repr=False)

    def plain(self) -> Sequence[Plain]:
        if self.chart.is_empty:
            return (Paragraph(f"{self.chart.title}: –"),)
        image = Image(self.chart.title, self.chart.picture, self.chart.description)
        table = Table(self.chart.title, self.chart.header, [[str(cell) for cell in row] for row in self.chart.rows])
        note = [Paragraph(self.note)] if self.note else []
        return (image, *note, *([] if self.is_told else [table]))


@dataclass(frozen=True)
class Flow:
    """How many were left at each step, from the first to those in the answer."""

    title: Words
    steps: Sequence[tuple[Words, str, Words]]  # what, how many, a remark
    header: Sequence[Words] = ("", "n", "")
    template: str = field(default="blocks/flow.html", repr=False)

    def plain(self) -> Sequence[Plain]:
        return (Table(self.title, self.header, [list(step) for step in self.steps]),)


Plain = Heading | Paragraph | Table | Image


def plain(blocks: Sequence[Block]) -> list[Plain]:
    """A whole report in plain shapes."""
    return [part for block in blocks for part in block.plain()]
