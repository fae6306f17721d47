"""What a project says beyond the standard, as far as it can be believed: anybody may have written the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from mlezi.formats.plain import Piece, normalised

KINDS = ("turn", "answer", "paragraph")
MOST_LABEL = 60
MOST_SECONDS = 10**7


def words(value: Any, most: int) -> str:
    """Text of one line that a column can hold; "" for anything else."""
    return " ".join(normalised(value).split())[:most] if isinstance(value, str) else ""


def pieces(value: Any, length: int) -> tuple[Piece, ...]:
    """Pieces in order within the text; none when one of them is not so."""
    try:
        found = tuple(_pieces(value, length))
    except (KeyError, TypeError, ValueError):
        return ()
    return found


def _pieces(value: Any, length: int) -> Iterator[Piece]:
    at = 0
    for raw in value:
        start, end, seconds = raw["start"], raw["end"], raw.get("at")
        numbers = isinstance(start, int) and isinstance(end, int)
        timed = seconds is None or (isinstance(seconds, int | float) and 0 <= seconds < MOST_SECONDS)
        if not (numbers and timed) or not at <= start < end <= length or raw.get("kind") not in KINDS:
            raise ValueError
        yield Piece(start, end, raw["kind"], words(raw.get("speaker"), 120), words(raw.get("question"), 120), seconds)
        at = end


def voices(value: Any) -> list[dict[str, Any]]:
    """Who speaks: label, speaker, and plain facts. Rows without a label are left out."""
    rows = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    found = []
    for row in rows:
        facts = row.get("facts") if isinstance(row.get("facts"), dict) else {}
        plain = {words(key, 60): words(said, 200) for key, said in (facts or {}).items() if words(said, 200)}
        if label := words(row.get("label"), MOST_LABEL):
            found.append({"label": label, "speaker": words(row.get("speaker"), 120), "facts": plain})
    return found


def guid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
