"""The words of a .docx as its reader sees them: with what was inserted and filled in, without what was deleted.

Read from the XML, because paragraphs as python-docx gives them leave tracked insertions, fields to fill in and text
boxes out. Notes at the foot or the end come as lines after the paragraph they hang on; remarks do not.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from mlezi.formats.plain import Text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, TABLE, ROW, CELL, BOX = (W + name for name in ("p", "tbl", "tr", "tc", "txbxContent"))
SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
# Deleted or moved away, a second copy of a text box for old programs, and what is no word. Boxes come as lines.
GONE = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "txbxContent")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}


def words(content: bytes) -> Text:
    """Paragraphs in order, and the cells of tables line by line with tabs between."""
    import docx  # noqa: PLC0415 - the first document pays

    document = docx.Document(io.BytesIO(content))
    return Text("\n".join(_lines(document.element.body, _notes(document))))


Notes = dict[tuple[str, str], Any]  # by the name of what refers to it, and its number


def _notes(document: Any) -> Notes:
    from docx.oxml import parse_xml  # noqa: PLC0415

    found: Notes = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in {"footnotes", "endnotes"} and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                found[f"{W}{kind.removesuffix('s')}Reference", note.get(W + "id", "")] = note
    return found


def _lines(parts: Any, notes: Notes) -> Iterator[str]:
    for part in parts:
        if part.tag in GONE:
            continue
        if part.tag == PARAGRAPH:
            yield _said(part)
            for beside in _beside(part, notes):
                yield from _lines(beside, notes)
        elif part.tag == TABLE:
            for row in _found(part, ROW):
                yield "\t".join(" ".join(" ".join(_lines(cell, notes)).split()) for cell in _found(row, CELL))
        else:  # a block that is filled in, or that wraps others
            yield from _lines(part, notes)


def _said(node: Any) -> str:
    said = []
    for part in node:
        if part.tag == W + "t":
            said.append(part.text or "")
        elif part.tag == W + "br":
            said.append("\n" if part.get(W + "type", "textWrapping") == "textWrapping" else "")
        elif part.tag in SIGNS:
            said.append(SIGNS[part.tag])
        elif part.tag not in GONE:
            said.append(_said(part))
    return "".join(said)


def _beside(node: Any, notes: Notes) -> Iterator[Any]:
    """Boxes and notes that hang on a paragraph; a note in a note is none."""
    for part in node:
        if part.tag == BOX:
            yield part
        elif (key := (part.tag, part.get(W + "id", ""))) in notes:
            yield notes.pop(key)
        elif part.tag not in GONE:
            yield from _beside(part, notes)


def _found(node: Any, tag: str) -> Iterator[Any]:
    """Parts with this name, also inside what wraps them, not inside each other."""
    for part in node:
        if part.tag == tag:
            yield part
        elif part.tag not in GONE and part.tag != TABLE:
            yield from _found(part, tag)
