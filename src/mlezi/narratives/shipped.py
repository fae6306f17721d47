"""Codebooks that come with Mlezi, under their short codes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mlezi.narratives import codebook_files
from mlezi.narratives.codebook_files import CodebookFile

FOLDER = Path(__file__).parent / "codebooks"
CODES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def read(code: str) -> CodebookFile:
    """One of `CODES`."""
    return codebook_files.read((FOLDER / f"{code}.yaml").read_bytes())
