"""Documents of word processors, and PDF. Each library is loaded by the first document that needs it."""

from __future__ import annotations

import io
import zipfile

from mlezi.formats.documents.opendocument import words as open_words
from mlezi.formats.documents.unreadable import CannotReadDocument
from mlezi.formats.documents.word import words as word_words
from mlezi.formats.plain import Text

MOST_UNPACKED = 300_000_000  # a small file that unpacks to more is an attack or a mistake
MOST_PAGES = 2_000
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a .doc begins so, and a .docx behind a password


def word(content: bytes) -> Text:
    _bounded(content, "docx")
    try:
        return word_words(content)
    except Exception as error:  # a damaged file fails in many ways
        raise CannotReadDocument("damaged", kind="docx") from error


def open_document(content: bytes) -> Text:
    _bounded(content, "odt")
    try:
        return open_words(content)
    except Exception as error:
        raise CannotReadDocument("protected" if _is_locked(content) else "damaged", kind="odt") from error


def _is_locked(content: bytes) -> bool:
    """Whether the list of its parts says that they are encrypted."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        named = "META-INF/manifest.xml"
        return named in parts.namelist() and b"encryption-data" in parts.read(named)


def portable(content: bytes) -> Text:
    return Text("\n".join(leaves(content)))


def leaves(content: bytes) -> list[str]:
    """The text layer of a PDF, page by page. A scan has none and is refused."""
    from pypdf import PdfReader  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotReadDocument("protected")
        if len(reader.pages) > MOST_PAGES:
            raise CannotReadDocument("too_long", most=MOST_PAGES)
        return [page.extract_text() for page in reader.pages]
    except CannotReadDocument:
        raise
    except Exception as error:
        raise CannotReadDocument("damaged", kind="pdf") from error


def _bounded(content: bytes, kind: str) -> None:
    """Raises `CannotReadDocument` for what unpacks to too much, or is no such file."""
    if content.startswith(OLD_WORD):
        raise CannotReadDocument("old_or_protected", kind=kind)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise CannotReadDocument("too_large", most=MOST_UNPACKED // 1_000_000)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        if isinstance(error, CannotReadDocument):
            raise
        raise CannotReadDocument("damaged", kind=kind) from error
