"""Documents as PDF. What a document says goes in as data, never pasted into its markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from mlezi.plumbing import assets


def printed(folder: Path, document: str, data: Mapping[str, Any]) -> bytes:
    """The document `<folder>/<document>.typ` with these data, tagged for screen readers (PDF/UA-1)."""
    fonts = assets.document_fonts()
    made: bytes = typst.compile(
        folder / f"{document}.typ",
        root=folder,
        font_paths=[fonts] if fonts else [],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        pdf_standards=["ua-1"],
    )
    return made
