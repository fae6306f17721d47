"""Whether a published report still says what it said: by its content, since documents also note when they were made."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile, is_zipfile

NOTES_WHEN = "docProps/core.xml"  # of a Word file or a workbook


def is_same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes() or _content(one) == _content(other)


def _content(file: Path) -> object:
    """What stands in a document; the bytes where it is none of ours any more."""
    from pypdf import PdfReader  # noqa: PLC0415 - only who repeats a study needs it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        if file.suffix == ".pdf":
            contents = [page.get_contents() for page in PdfReader(file).pages]
            return [content.get_data() if content else b"" for content in contents]
        if is_zipfile(file):
            with ZipFile(file) as parts:
                return {name: parts.read(name) for name in parts.namelist() if name != NOTES_WHEN}
    except (PyPdfError, OSError, ValueError):
        pass
    return file.read_bytes()
