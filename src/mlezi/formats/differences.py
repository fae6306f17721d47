"""Where two records of one form say different things: for a person who must choose between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

SHORT = 300


@dataclass(frozen=True)
class Difference:
    """One answer that is not the same in both; empty where a record has no such answer."""

    path: str
    one: str
    other: str


def answers(xml: bytes) -> dict[str, str]:
    """Every answer under its path; the second person of a repeat is `/data/person[2]/name`.

    For bytes whose envelope was read (no document type, bounded depth). Unreadable bytes give what
    could be read before the trouble.
    """
    found: dict[str, str] = {}
    steps: list[str] = []
    counts: list[dict[str, int]] = [{}]
    text: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        n = counts[-1][local] = counts[-1].get(local, 0) + 1
        steps.append(local if n == 1 else f"{local}[{n}]")
        counts.append({})
        text.clear()

    def end(_: str) -> None:
        value = "".join(text).strip()
        if value and not counts[-1]:
            found["/" + "/".join(steps)] = value
        text.clear()
        steps.pop()
        counts.pop()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = _stop
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        return found
    return found


def differences(one: bytes, other: bytes) -> list[Difference]:
    """Answers that differ, in the order of the first record, then what only the second has."""
    return list(_differing(answers(one), answers(other)))


def _differing(one: dict[str, str], other: dict[str, str]) -> Iterator[Difference]:
    for path in dict.fromkeys([*one, *other]):
        here, there = one.get(path, ""), other.get(path, "")
        if here != there:
            yield Difference(path, here[:SHORT], there[:SHORT])


def _stop(*_: object) -> None:
    raise ValueError("a document type is not read")
