"""Text as it is kept for ever: line ends made one kind, a leading mark taken off, nothing else touched.

Positions in a text are code points, counted from 0, the end not included. No Unicode recomposition: what was
written as two signs stays two, or positions made elsewhere would move.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no database column or XML file takes them


@dataclass(frozen=True)
class Piece:
    """A turn of a speaker, an answer to a question, or a paragraph. `at` is seconds from the start of a recording."""

    start: int
    end: int
    kind: str = "paragraph"
    speaker: str = ""
    question: str = ""
    at: float | None = None

    def as_dict(self) -> dict[str, object]:
        """Plain JSON with what is known only."""
        facts = {"speaker": self.speaker, "question": self.question, "at": self.at}
        return {"start": self.start, "end": self.end, "kind": self.kind} | {
            k: v for k, v in facts.items() if v or v == 0
        }


@dataclass(frozen=True)
class Text:
    """Words with their pieces in order."""

    words: str
    pieces: tuple[Piece, ...] = ()


def normalised(text: str) -> str:
    """The text as it will be stored. Doing it twice changes nothing."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("", _SURROGATE.sub("\ufffd", text)).removeprefix("\ufeff")


def fingerprint(text: str) -> str:
    """SHA-256 of the text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def paragraphs(text: str) -> tuple[Piece, ...]:
    """Lines that hold words, as pieces; a blank line belongs to none."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Piece(start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def joined(parts: list[tuple[str, Piece]], *, between: str = "\n") -> Text:
    """Words put one after the other, each with what is known of it; positions are worked out here."""
    words: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for text, known in parts:
        if words:
            words.append(between)
            at += len(between)
        words.append(text)
        pieces.append(Piece(at, at + len(text), known.kind, known.speaker, known.question, known.at))
        at += len(text)
    return Text("".join(words), tuple(pieces))
