"""Where in the bytes of a record each answer stands, so that a figure can be opened down to them. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from xml.parsers import expat


class Span(NamedTuple):
    """Bytes from `start` up to but not including `end`, the answer's element with its tags."""

    start: int
    end: int


def positions(xml: bytes, *, repeats: Collection[str] = ()) -> dict[str, Span]:
    """Each answered element by its path with the positions of `repeats`, as in "/data/mentee[2]/level".

    The names match `Fact.group` and the last name of `Fact.path`. Raises ValueError for what is not XML.
    """
    reader = _Reader(xml, frozenset(repeats))
    try:
        reader.parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(f"The record is not well-formed XML ({error}).") from error
    return reader.found


class _Reader:
    def __init__(self, xml: bytes, repeats: frozenset[str]) -> None:
        self.xml, self.repeats = xml, repeats
        self.found: dict[str, Span] = {}
        self.plain: list[str] = []  # path without positions, growing and shrinking
        self.marked: list[str] = []  # the same with positions
        self.starts: list[int] = []
        self.counts: list[dict[str, int]] = [{}]
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.plain.append(local)
        path = "/" + "/".join(self.plain)
        if path in self.repeats:
            self.counts[-1][local] = self.counts[-1].get(local, 0) + 1
            self.marked.append(f"{local}[{self.counts[-1][local]}]")
        else:
            self.marked.append(local)
        self.starts.append(self.parser.CurrentByteIndex)
        self.counts.append({})

    def end(self, _name: str) -> None:
        close = self.xml.find(b">", self.parser.CurrentByteIndex)
        end = close + 1 if close >= 0 else len(self.xml)
        self.found.setdefault("/" + "/".join(self.marked), Span(self.starts.pop(), end))
        self.plain.pop()
        self.marked.pop()
        self.counts.pop()
