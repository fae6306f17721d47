"""The words of a document people have: .txt, .docx, .odt, .rtf, .pdf, .vtt and .srt. Bytes in, `Text` out.

Not a converter: tables become lines, pictures and layout are left out. Libraries read; we bound what they unpack.
"""

from __future__ import annotations

from collections.abc import Callable

from mlezi.formats.documents import office, recorded, simple
from mlezi.formats.documents.unreadable import CannotReadDocument
from mlezi.formats.plain import Text, normalised
from mlezi.formats.turns import split

__all__ = ["READERS", "CannotReadDocument", "pages", "read"]

MOST_BYTES = 50_000_000
MOST_CHARACTERS = 5_000_000
READERS: dict[str, Callable[[bytes], Text]] = {
    "txt": simple.plain,
    "md": simple.plain,
    "rtf": simple.rich,
    "docx": office.word,
    "odt": office.open_document,
    "pdf": office.portable,
    "vtt": recorded.web_captions,
    "srt": recorded.subtitles,
}


def pages(content: bytes, name: str) -> list[str]:
    """The normalised words of each page of a PDF; any other file is one page. Raises as `read` does."""
    words = read(content, name).words
    return [normalised(page) for page in office.leaves(content)] if name.lower().endswith(".pdf") else [words]


def read(content: bytes, name: str) -> Text:
    """The normalised words of the file with their pieces; speakers are found where lines name them.

    Raises `CannotReadDocument` with a code, never anything else.
    """
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in READERS:
        code = {"": "without_ending", "doc": "old_or_protected"}.get(kind, "unknown_kind")
        raise CannotReadDocument(code, kind=kind, kinds=", ".join(READERS))
    if not content:
        raise CannotReadDocument("empty")
    if len(content) > MOST_BYTES:
        raise CannotReadDocument("too_large", most=MOST_BYTES // 1_000_000)
    found = READERS[kind](content)
    words = found.words if found.pieces else normalised(found.words)
    if len(words) > MOST_CHARACTERS:
        raise CannotReadDocument("too_long", most=MOST_CHARACTERS)
    if not words.strip():
        raise CannotReadDocument("only_pictures" if kind == "pdf" else "no_words", kind=kind)
    return found if found.pieces else split(words)
