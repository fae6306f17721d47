"""The words of an .odt as its reader sees them: without what was deleted, without remarks and who made them.

OASIS Open Document Format 1.3, part 3, sections 5 and 6. Signs that stand for white space are written out; white space
around them is that of the file and says nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from mlezi.formats.plain import Text

OFFICE, TEXT, TABLE, DRAW = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "text", "table", "drawing")
)
PARAGRAPHS = {TEXT + "p", TEXT + "h"}
ROW = TABLE + "table-row"
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
BESIDE = {TEXT + "note-body", DRAW + "text-box"}  # notes and boxes come as lines after the paragraph they hang on
GONE = {TEXT + "tracked-changes", OFFICE + "annotation", TEXT + "note-citation"}
MOST_SPACES = 100


def words(content: bytes) -> Text:
    """Paragraphs in order, and the cells of tables line by line with tabs between."""
    from lxml import etree  # noqa: PLC0415 - the first document pays
    from odfdo import Document  # noqa: PLC0415

    safe = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    whole = etree.fromstring(Document(io.BytesIO(content)).get_part("content").serialize(), safe)
    (body,) = whole.iter(OFFICE + "text")
    return Text("\n".join(_lines(body)))


def _lines(parts: Any) -> Iterator[str]:
    for part in parts:
        if part.tag in GONE or not isinstance(part.tag, str):
            continue
        if part.tag in PARAGRAPHS:
            yield _said(part).strip(" ")
            for beside in _beside(part):
                yield from _lines(beside)
        elif part.tag == ROW:
            cells = [cell for cell in part if cell.tag in CELLS]
            yield "\t".join(" ".join(" ".join(_lines(cell)).split()) for cell in cells)
        else:
            yield from _lines(part)


def _said(node: Any) -> str:
    said = [_plain(node.text)]
    for part in node:
        if part.tag == TEXT + "s":
            said.append(" " * min(int(part.get(TEXT + "c", 1)), MOST_SPACES))
        elif part.tag in SIGNS:
            said.append(SIGNS[part.tag])
        elif isinstance(part.tag, str) and part.tag not in GONE | BESIDE:
            said.append(_said(part))
        said.append(_plain(part.tail))
    return "".join(said)


def _plain(words: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", words or "")


def _beside(node: Any) -> Iterator[Any]:
    for part in node:
        if part.tag in BESIDE:
            yield part
        elif part.tag not in GONE:
            yield from _beside(part)
