"""Words looked for in every text somebody may read, each with what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mlezi.narratives.models import Source
from mlezi.narratives.queries.reader import Reader

AROUND, IN_A_TEXT, IN_ALL = 90, 5, 200


@dataclass(frozen=True)
class Hit:
    """One place where the words stand."""

    start: int
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Hits:
    """A text in which the words stand, with the first places and how many there are."""

    source: Source
    n: int
    places: list[Hit]


def search(reader: Reader, words: str) -> list[Hits]:
    """Texts with the words, capitals or not, in the order of their labels; nothing for fewer than two letters."""
    wanted = " ".join(words.split())
    if len(wanted) < 2:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())), re.IGNORECASE)
    rows = reader.sources().defer("current__segments").order_by("label", "pk")
    longest = max(wanted.split(), key=len)
    if longest.isascii():  # databases fold no other letters alike
        rows = rows.filter(current__text__icontains=longest)
    found = [_in(source, pattern) for source in rows.iterator(chunk_size=50)]
    return [one for one in found if one.n][:IN_ALL]


def _in(source: Source, pattern: re.Pattern[str]) -> Hits:
    text = source.current.text if source.current else ""
    places = [match.span() for match in pattern.finditer(text)]
    hits = [
        Hit(start, text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])
        for start, end in places[:IN_A_TEXT]
    ]
    return Hits(source, len(places), hits)
