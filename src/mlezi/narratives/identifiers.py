"""Pieces of a text that may say who somebody is: names of people of the programme, phones, numbers of patients."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from mlezi.formats.identifiers import traces

FEWEST_LETTERS = 3
# Staff are called by a title and a name: "Dr Mushi", "mentor Amina".
_TITLED = re.compile(
    r"\b(?:Dr|Dkt|Prof|Mr|Mrs|Ms|Bw|Bi|Bwana|Bibi|Mzee|Daktari|[Dd]octor|[Nn]urse|[Ss]ister|[Mm]atron|[Mm]entor|[Mm]shauri|"
    r"[Mm]uuguzi|[Mm]kunga)\.? (?P<it>[A-ZÀ-Þ][a-zß-ÿ]{2,}(?: [A-ZÀ-Þ][a-zß-ÿ]{2,})?)"
)
_OFFICE = re.compile(
    r"^(?:midwi[fv]es?|officer|nurse|mentors?|mentees?|incharge|mkunga|muuguzi|mshauri|wards?)\b", re.I
)


_FULL_NAME = re.compile(r"\b[A-ZÀ-Þ][a-zß-ÿ]{2,} [A-ZÀ-Þ][a-zß-ÿ]{2,}\b")
_TALK = re.compile(
    r"^(?:interviews?|focus|groups?|discussions?|transcripts?|texts?|notes?|part|version|final|draft|baseline|midline|endline|"
    r"follow|months?|week|day|facility|hospital|clinic|dispensary|centre|center|health|district|region|ward|site|team|"
    r"participants?|respondents?|mahojiano|kikundi|majadiliano|kituo|hospitali|zahanati|wilaya|mkoa)$",
    re.I,
)


class Trace(NamedTuple):
    start: int
    end: int
    kind: str
    words: str


def may_name(title: str, names: Iterable[str]) -> bool:
    """Whether what a file is called may be somebody's name: *Interview Asha Juma*, yet not *Focus Group Koshi 2*."""
    words = [word for word in re.split(r"[\W_]+", title) if not (_TALK.match(word) or _OFFICE.match(word))]
    plain = " ".join(words)
    return bool(_FULL_NAME.search(plain) or find(plain, names))


def find(text: str, names: Iterable[str], speakers: Iterable[str] = ()) -> list[Trace]:
    """Traces in order, none inside another; the same name or number has the same `words` throughout.

    `names` are those of people; every part of a name counts, as people are called by one of them. So it is with a name
    that the text itself gives away, and with `speakers`, whose names stand before what they say.
    """
    found = [Trace(start, end, kind, text[start:end]) for start, end, kind in traces(text)]
    found += [Trace(m.start("it"), m.end("it"), "name", m["it"]) for m in _TITLED.finditer(text)
              if not _OFFICE.match(m["it"])]  # fmt: skip
    told = {part for one in found if one.kind == "name" for part in one.words.split()} | set(speakers)
    for said in sorted(told, key=len, reverse=True):
        shape = re.compile(rf"(?<!\w){re.escape(said)}(?!\w)")
        found += [Trace(m.start(), m.end(), "name", m.group()) for m in shape.finditer(text)]
    parts = {part for name in names for part in re.split(r"[\s,;]+", name) if len(part) >= FEWEST_LETTERS}
    if parts:
        shape = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, parts), key=len, reverse=True))})\b")
        found += [Trace(m.start(), m.end(), "person", m.group()) for m in shape.finditer(text)]
    kept: list[Trace] = []
    for one in sorted(found, key=lambda trace: (trace.start, -trace.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
