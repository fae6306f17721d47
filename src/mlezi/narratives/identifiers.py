"""Pieces of a text that may say who somebody is: names of people of the programme, phones, numbers of patients."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from mlezi.formats.identifiers import traces

FEWEST_LETTERS = 3


class Trace(NamedTuple):
    start: int
    end: int
    kind: str
    words: str


def find(text: str, names: Iterable[str]) -> list[Trace]:
    """Traces in order, none inside another; the same name or number has the same `words` throughout.

    `names` are those of people; every part of a name counts, as people are called by one of them.
    """
    found = [Trace(start, end, kind, text[start:end]) for start, end, kind in traces(text)]
    parts = {part for name in names for part in re.split(r"[\s,;]+", name) if len(part) >= FEWEST_LETTERS}
    if parts:
        shape = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, parts), key=len, reverse=True))})\b")
        found += [Trace(m.start(), m.end(), "person", m.group()) for m in shape.finditer(text)]
    kept: list[Trace] = []
    for one in sorted(found, key=lambda trace: (trace.start, -trace.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
