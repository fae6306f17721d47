"""Plain data as bytes that are the same on every machine, and their fingerprint."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

DIGITS = 9  # processors differ in the last digits of a float


def text(data: Any, *, indent: int | None = None) -> str:
    """JSON with sorted keys. Floats are rounded to nine significant digits."""
    return json.dumps(_rounded(data), sort_keys=True, ensure_ascii=False, indent=indent, allow_nan=False)


def _rounded(data: Any) -> Any:
    if isinstance(data, float):
        return float(f"{data:.{DIGITS}g}") + 0.0  # minus zero is zero
    if isinstance(data, dict):
        return {str(key): _rounded(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_rounded(value) for value in data]
    return data


def sha256(data: Any) -> str:
    return hashlib.sha256(text(data).encode()).hexdigest()


def sha256_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(file: Path, data: Any) -> None:
    file.write_text(text(data, indent=1) + "\n", encoding="utf-8")
