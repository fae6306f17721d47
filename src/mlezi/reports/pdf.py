"""Documents as PDF. What a document says goes in as data, never pasted into its markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from mlezi.plumbing import assets

DOCUMENTS = Path(__file__).resolve().parent / "documents"


def printed(document: str, data: Mapping[str, Any]) -> bytes:
    """The document `documents/<document>.typ` with these data, tagged for screen readers (PDF/UA-1)."""
    fonts = assets.document_fonts()
    made: bytes = typst.compile(
        DOCUMENTS / f"{document}.typ",
        root=DOCUMENTS,
        font_paths=[fonts] if fonts else [],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        pdf_standards=["ua-1"],
    )
    return made
