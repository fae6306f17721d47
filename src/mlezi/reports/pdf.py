"""The documents of this room as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from mlezi.plumbing import printing

DOCUMENTS = Path(__file__).resolve().parent / "documents"


def printed(document: str, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """The document `documents/<document>.typ` with these data; `at`: the moment it notes, else now."""
    return printing.printed(DOCUMENTS, document, data, at=at)
