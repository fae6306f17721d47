"""Text files and rich text."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from mlezi.formats.csv import decoded
from mlezi.formats.documents.unreadable import CannotReadDocument
from mlezi.formats.plain import Text

MOST_ODD = 0.01  # of the signs; a photograph or a program under a text's name has many more
_ODD = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")  # no keyboard writes them


def plain(content: bytes) -> Text:
    """UTF-8, UTF-16 with or without its mark, or as Windows writes Western European text."""
    text = decoded(_marked(content))
    if len(_ODD.findall(text)) > MOST_ODD * len(text):
        raise CannotReadDocument("not_text")
    return Text(text)


def _marked(content: bytes) -> bytes:
    """UTF-16 whose mark is missing gets it: nearly every second byte is 0, and the others are not."""
    for mark, odd in ((b"\xff\xfe", 1), (b"\xfe\xff", 0)):
        zeros, others = content[odd::2], content[1 - odd :: 2]
        if len(content) % 2 == 0 and zeros.count(0) > 0.7 * len(zeros) and others.count(0) < MOST_ODD * len(others):
            return mark + content
    return content


def rich(content: bytes) -> Text:
    if not content.lstrip().startswith(b"{\\rtf"):
        raise CannotReadDocument("damaged", kind="rtf")
    try:
        words = rtf_to_text(content.decode("latin-1"), errors="replace")
        # It writes signs beyond the first 65,536 as two halves; here they become one again.
        return Text(words.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    except Exception as error:  # a damaged file fails in many ways
        raise CannotReadDocument("damaged", kind="rtf") from error
