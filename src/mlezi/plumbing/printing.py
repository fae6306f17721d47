"""Documents as PDF, and pictures as dots. What a document says goes in as data, never pasted into its markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from mlezi.plumbing import assets


def printed(folder: Path, document: str, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """The document `<folder>/<document>.typ` with these data, tagged for screen readers (PDF/UA-1).

    `at`: the moment it notes as its own, for a file that shall be the same whenever it is made.
    """
    made: bytes = typst.compile(
        folder / f"{document}.typ",
        root=folder,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()) if at else None,
    )
    return made


def dots(svg: str, *, per_inch: int = 144) -> bytes:
    """A drawn picture as PNG, for documents that take no drawings; ten times quicker than Vega at large ones."""
    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    made: bytes = typst.compile(page, font_paths=_fonts(), sys_inputs={"svg": svg}, format="png", ppi=per_inch)
    return made


def _fonts() -> Any:
    fonts = assets.document_fonts()
    return [fonts] if fonts else []
