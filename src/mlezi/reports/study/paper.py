"""The report as a PDF that screen readers can follow (PDF/UA), through Typst."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

from mlezi.formats.timeless import FIXED
from mlezi.plumbing.blocks import Block, Heading, Image, Paragraph, Table, plain
from mlezi.reports import pdf


def document(title: str, lead: str, blocks: Sequence[Block]) -> bytes:
    """The PDF as bytes."""
    parts = [_part(part) for part in plain(blocks)]
    data = {"title": title, "lead": lead, "language": (get_language() or "en")[:2], "parts": parts}
    return pdf.printed("study", data, at=FIXED)


def _part(part: Any) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"kind": "heading", "text": str(part.text), "level": part.level}
    if isinstance(part, Paragraph):
        return {"kind": "paragraph", "text": str(part.text), "tone": part.tone}
    if isinstance(part, Image):
        return {"kind": "image", "svg": part.svg, "words": str(part.words), "title": str(part.title)}
    assert isinstance(part, Table)
    width = max([len(part.header), *(len(row) for row in part.rows)])
    rows = [[str(cell) for cell in row] + [""] * (width - len(row)) for row in part.rows]
    header = [str(cell) for cell in part.header] + [""] * (width - len(part.header))
    return {
        "kind": "table", "title": str(part.title), "header": header, "rows": rows, "note": str(part.note),
        "right": part.figures,
    }  # fmt: skip
