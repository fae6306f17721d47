"""Codings made into units of analysis, and into the table that agreement is computed from.

A code applies to a unit when any coding of it shares a character with the unit. Units are declared beforehand
(turns, answers, paragraphs, or all that one participant says), because agreement by character counts the text that
nobody coded as agreement (see the notes in `methods.agreement`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Theme = TypeVar("Theme", bound=Hashable)


@dataclass(frozen=True)
class Unit:
    """One unit of a text. `spans` are its stretches: one, or several where a participant speaks now and then."""

    name: str
    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    def touches(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.spans)


@dataclass(frozen=True)
class Mark(Generic[Theme]):
    """A coder says a theme of a stretch."""

    coder: Hashable
    theme: Theme
    start: int
    end: int


def units(pieces: Sequence[Mapping[str, object]], kind: str) -> list[Unit]:
    """The units of a text from its pieces. `kind` is turn, answer, paragraph or participant.

    A text without pieces of that kind is cut by whatever pieces it has; `participant` puts a speaker's together.
    """
    found = [piece for piece in pieces if piece.get("kind") == kind] or list(pieces)
    if kind != "participant":
        return [Unit(_name(piece, n), ((_at(piece, "start"), _at(piece, "end")),)) for n, piece in enumerate(found, 1)]
    by_speaker: dict[str, list[tuple[int, int]]] = {}
    for piece in pieces:
        by_speaker.setdefault(str(piece.get("speaker") or ""), []).append((_at(piece, "start"), _at(piece, "end")))
    return [Unit(name, tuple(spans)) for name, spans in by_speaker.items()]


def _at(piece: Mapping[str, object], name: str) -> int:
    value = piece[name]
    assert isinstance(value, int)
    return value


def _name(piece: Mapping[str, object], number: int) -> str:
    said = piece.get("question") or piece.get("speaker")
    return f"{number} {said}" if said else str(number)


def table(
    of: Sequence[Unit], marks: Iterable[Mark[Theme]], coders: Sequence[Hashable]
) -> dict[Theme, list[tuple[bool, ...]]]:
    """For each theme a row a unit and a column a coder: whether they said it there. Themes nobody used are absent."""
    marks = list(marks)
    places = {coder: n for n, coder in enumerate(coders)}
    found: dict[Theme, list[list[bool]]] = {}
    for mark in marks:
        if mark.coder not in places:
            continue
        rows = found.setdefault(mark.theme, [[False] * len(coders) for _ in of])
        for row, unit in zip(rows, of, strict=True):
            if unit.touches(mark.start, mark.end):
                row[places[mark.coder]] = True
    return {theme: [tuple(row) for row in rows] for theme, rows in found.items()}


def together(rows: Sequence[tuple[bool, ...]]) -> tuple[int, int, int]:
    """In how many units all coders said it, some but not all did, and nobody did."""
    every = sum(all(row) for row in rows)
    nobody = sum(not any(row) for row in rows)
    return every, len(rows) - every - nobody, nobody
