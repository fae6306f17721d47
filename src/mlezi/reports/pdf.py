"""The documents of this room as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlezi.plumbing import printing

DOCUMENTS = Path(__file__).resolve().parent / "documents"


def printed(document: str, data: Mapping[str, Any]) -> bytes:
    """The document `documents/<document>.typ` with these data."""
    return printing.printed(DOCUMENTS, document, data)
