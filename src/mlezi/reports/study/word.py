"""The report as a Word document: real headings, real tables, pictures with their words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from mlezi.formats.timeless import timeless
from mlezi.plumbing.blocks import Block, Heading, Image, Paragraph, plain
from mlezi.plumbing.blocks import Table as Rows
from mlezi.plumbing.printing import dots

TALLEST = Cm(22)  # of a picture, so that it stands on one page


def document(title: str, lead: str, blocks: Sequence[Block], *, language: str) -> bytes:
    """The document as bytes."""
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = title, "Mlezi"
    made.core_properties.language = language
    for section in made.sections:
        section.left_margin = section.right_margin = Cm(2.2)
    made.styles["Normal"].font.size = Pt(10.5)
    for spoken in made.styles.element.iter(qn("w:lang")):  # how it is read aloud, and its spelling looked up
        spoken.set(qn("w:val"), language)
    made.add_heading(title, 0)
    made.add_paragraph(lead)
    for part in plain(blocks):
        _add(made, part)
    target = io.BytesIO()
    made.save(target)
    return timeless(target.getvalue())


def _add(made: Any, part: Any) -> None:
    if isinstance(part, Heading):
        made.add_heading(str(part.text), part.level - 1)
    elif isinstance(part, Paragraph):
        line = made.add_paragraph(str(part.text), style="Intense Quote" if part.tone else None)
        line.paragraph_format.left_indent = Cm(0)
    elif isinstance(part, Image):
        picture = made.add_picture(io.BytesIO(dots(part.svg)), width=Cm(15.5))
        if picture.height > TALLEST:
            picture.width, picture.height = int(picture.width * TALLEST / picture.height), TALLEST
        described = picture._inline.docPr
        described.set("descr", str(part.words))
        described.set("title", str(part.title))
    elif isinstance(part, Rows):
        _table(made, part)


def _table(made: Any, part: Rows) -> None:
    caption = made.add_paragraph(style="Caption")
    caption.add_run(str(part.title)).font.color.rgb = RGBColor(0x0B, 0x35, 0x38)
    width = max([len(part.header), *(len(row) for row in part.rows)])
    table = made.add_table(rows=1, cols=width, style="Light List Accent 1")
    for cell, words in zip(table.rows[0].cells, part.header, strict=False):
        cell.text = str(words)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # stands again on each page
    for row in part.rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = str(words)
    if part.note:
        made.add_paragraph(str(part.note))
    made.add_paragraph()
