"""Text files and rich text."""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from mlezi.formats.csv import decoded
from mlezi.formats.documents.unreadable import CannotReadDocument
from mlezi.formats.plain import Text

MOST_NULLS = 0.01


def plain(content: bytes) -> Text:
    """UTF-8, UTF-16 with its mark, or as Windows writes Western European text."""
    text = decoded(content)
    if text.count("\0") > MOST_NULLS * len(text):
        raise CannotReadDocument("not_text")
    return Text(text)


def rich(content: bytes) -> Text:
    if not content.lstrip().startswith(b"{\\rtf"):
        raise CannotReadDocument("damaged", kind="rtf")
    try:
        words = rtf_to_text(content.decode("latin-1"), errors="replace")
        # It writes signs beyond the first 65,536 as two halves; here they become one again.
        return Text(words.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    except Exception as error:  # a damaged file fails in many ways
        raise CannotReadDocument("damaged", kind="rtf") from error
