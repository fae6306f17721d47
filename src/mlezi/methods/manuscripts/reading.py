"""The text of a manuscript, with signs that mean the same made the same and every place kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# Each sign is replaced by one sign, so that places in the text stay what they are.
SAME = {
    **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
    **dict.fromkeys("\u2044\u2215", "/"),
    "\u00b7": ".",
    "\uff05": "%",
}
# A percentage in words, made one with the sign; spaces keep the places.
_SIGN_BEFORE = re.compile(r"\b(asilimia )(\d+(?:[.,]\d+)?)(?![\d%]|\s?%)", re.IGNORECASE)
_SIGN_AFTER = re.compile(r"(?<=\d)( ?)(per ?cent|pour ?cent|por ?ciento)\b", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])|\n\s*\n|\n(?=[ \t]*[-*•])")


@dataclass(frozen=True)
class Passage:
    """One sentence, or one line of a table, and where it starts."""

    text: str
    start: int


class Manuscript:
    """`text` is what is searched; `quote` gives the original words of a place."""

    def __init__(self, original: str) -> None:
        self.original = original.replace("\r\n", "\n").replace("\r", "\n")
        self.text = _signed("".join(SAME.get(sign, sign) for sign in self.original))
        self._lines = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line(self, place: int) -> int:
        """The line of a place, from 1."""
        return bisect_right(self._lines, place)

    def quote(self, start: int, end: int) -> str:
        return " ".join(self.original[start:end].split())

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(self._passages())

    def _passages(self) -> Iterator[Passage]:
        start = 0
        for match in _SENTENCE_ENDS.finditer(self.text):
            if self.text[start : match.start()].strip():
                yield Passage(self.text[start : match.start()], start)
            start = match.end()
        if self.text[start:].strip():
            yield Passage(self.text[start:], start)

    @cached_property
    def counts(self) -> tuple[tuple[int, int], ...]:
        """Every whole number that could be a count of people or things, with its place. Written words too."""
        found = [
            (int(re.sub(r"\D", "", match[0])), match.start())
            for match in re.finditer(r"(?<![\d.,-])(?:\d{1,3}(?:[, ]\d{3})+|\d{1,7})(?!\d|\s?%|[.,]\d|\s*/)", self.text)
        ]
        words = [(WORDS[match[0].lower()], match.start()) for match in _WORD.finditer(self.text)]
        return tuple(sorted(found + words, key=lambda item: item[1]))


def _signed(text: str) -> str:
    text = _SIGN_BEFORE.sub(lambda found: f"{found[2]}%".rjust(len(found[0])), text)
    return _SIGN_AFTER.sub(lambda found: "%".ljust(len(found[0])), text)


_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: dict[str, int] = {word: number for number, word in enumerate([*_UNITS, *_TEENS], start=1)}
WORDS |= {ten: 10 * number for number, ten in enumerate(_TENS, start=2)}
WORDS |= {f"{ten}-{unit}": WORDS[ten] + WORDS[unit] for ten in _TENS for unit in _UNITS}
IN_WORDS = "(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
_WORD = re.compile(rf"\b{IN_WORDS}\b", re.IGNORECASE)
