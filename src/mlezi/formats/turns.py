"""Finds who speaks in a transcript: lines that begin with a speaker's name or label and a colon.

A label counts as a speaker when it begins at least two lines, or looks like one (`R1:`, `Interviewer:`,
`MODERATOR 2:`), so that "Note: the recording stopped" makes no speaker of *Note*. Where three or more talk, as in a
focus group, somebody who says one thing only counts too, unless the label is a word for something about the talk.
"""

from __future__ import annotations

import re
from collections import Counter

from mlezi.formats.plain import Piece, Text, paragraphs

_LABEL = re.compile(
    r"^[ \t]*[\[(<*_]{0,3}(?P<name>[^\W\d_][\w .'’/-]{0,39}?|[A-Z]{1,4}[ -]?\d{1,4})[\])>*_]{0,3}[ \t]*"
    r"(?P<who>\([^():\d][^():]{0,39}\))?[ \t]*"
    r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?)?[ \t]*:[*_]{0,3}(?=\s|$)"
)
_NAME = re.compile(r"^[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*)?$")
_NOBODY = re.compile(
    r"^(?:notes?|nb|comment|date|time|place|venue|duration|setting|summary|transcriber|translation|background|question|"
    r"answer|example|kumbuka|maelezo|tarehe|muda|mahali|swali|jibu|mfano|muhtasari)\b",
    re.I,
)
_TALK = 3  # so many speakers make a group
_OFFICE = re.compile(
    r"^(?:nurse|midwife|matron|doctor|clinician|mentor|mentee|coach|trainer|student|manager|chair|secretary|mother|father|"
    r"man|woman|male|female|all|group|several|unknown|muuguzi|mkunga|daktari|tabibu|mlezi|mlezwa|mshauri|mama|baba|wote|"
    r"kundi|mwanamke|mwanaume)(?: (?:in charge|[a-z]|\d{1,3}))?$",
    re.I,
)
_KNOWN = re.compile(
    r"^(?:[A-Z]{1,4}[ -]?\d{1,4}|I|R|P|M|Q|A|interviewer|interviewee|moderator|facilitator|respondent|participant|"
    r"speaker|msaili|mhojiwa|mshiriki|mwezeshaji)(?:[ -]?\d{1,4})?$",
    re.I,
)


def split(text: str) -> Text:
    """The same words with a piece for each turn, or for each paragraph when nobody is named."""
    lines = paragraphs(text)
    named = [(_speaker(text[line.start : line.end]), line) for line in lines]
    often = Counter(name for name, _ in named if name)
    speakers = {name for name, n in often.items() if n > 1 or _KNOWN.match(name)}
    if len(speakers) >= _TALK:
        speakers |= {name for name in often if _NAME.match(name) and not _NOBODY.match(name)}
    if not speakers or (len(speakers) == 1 and sum(often[name] for name in speakers) < 2):
        return Text(text, lines)
    pieces: list[Piece] = []
    for name, line in named:
        if name in speakers:
            pieces.append(Piece(line.start, line.end, "turn", name))
        elif pieces and pieces[-1].kind == "turn":  # a turn of several paragraphs
            last = pieces.pop()
            pieces.append(Piece(last.start, line.end, "turn", last.speaker))
        else:
            pieces.append(line)
    return Text(text, tuple(pieces))


def speaks_in_code(name: str) -> bool:
    """Whether a speaker is called by a label or by what they are, as R2, Nurse 3 or Moderator, which names nobody."""
    plain = " ".join(name.split())
    return bool(_KNOWN.match(plain) or _OFFICE.match(plain))


def _speaker(line: str) -> str:
    """As the line calls them. What stands in brackets behind a code, as *R2 (nurse)*, is no part of it."""
    found = _LABEL.match(line)
    if not found:
        return ""
    is_code = _KNOWN.match(" ".join(found["name"].split()))
    return " ".join((found["name"] + ("" if is_code else f" {found['who'] or ''}")).split())
