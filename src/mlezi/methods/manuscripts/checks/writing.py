"""How papers write a count with its percentage, and which percentages stand there on their own account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mlezi.methods.manuscripts.printed import NUMBER, Printed
from mlezi.methods.manuscripts.reading import IN_WORDS, WORDS, Manuscript

COUNT = r"(?:\d{1,3}(?:[, ]\d{3})+|\d{1,7})"
_OF = (
    r"(?:/|\b(?:of|out of|from among)\b(?:\s(?:the|a total of|all|our|these|those|all the)\b)?"
    r"|\b(?:de|des|sur|parmi|sobre|von)\b(?:\s(?:les|los|las|nos|un total de)\b)?"
    r"|\bkati ya\b(?:\s(?!na\b|wenye\b)[a-z]+){0,2})"
)
_CI = r"(?:CI|confidence interval|IC|intervalle de confiance)"
_NO_LEVEL = rf"(?!\s*(?:{_CI}\b|confidence))"
_INTERVAL = (
    rf"(?:[,;:\s(\[]*(?:(?P<level>\d\d(?:\.\d)?)\s?%\s*{_CI}|{_CI}\s*(?:à|a|de|ya)?\s*(?P<level2>\d\d(?:\.\d)?)\s?%)"
    rf"[\s:=,\[(]*(?P<low>{NUMBER})\s?%?\s*(?:-|to|,|;|à|a|hadi)\s*(?P<high>{NUMBER})\s?%?)?"
)
# Between the whole and its percentage: a bracket, a comma, "or"; or words and then one of them.
_JOINT = (
    r"(?P<joint>\s*[(\[]\s*=?\s*|\s*[,:=]\s*|\s*,?\s*\b(?:or|i\.e\.,?|that is,?|soit|yaani)\s+"
    rf"|\s*;\s*(?={NUMBER}\s?%\s*[)\]])|\s+)"
)
_COUNT_FIRST = re.compile(
    rf"(?<![\d.,/-])(?P<count>{COUNT}|\b{IN_WORDS}\b)\s*{_OF}\s*(?P<of>{COUNT})(?![\d.,]*%)\b(?P<words>[^\d.;%()\[\],:=]{{0,60}}?)"
    rf"{_JOINT}(?P<percent>{NUMBER})\s?%{_NO_LEVEL}{_INTERVAL}",
    re.IGNORECASE,
)
_PERCENT_FIRST = re.compile(
    rf"(?<![\d.,])(?P<percent>{NUMBER})\s?%\s*[(\[,]\s*(?:n\s*=\s*)?(?P<count>{COUNT})\s*{_OF}\s*(?P<of>{COUNT})(?![\d.])"
    rf"{_INTERVAL}",
    re.IGNORECASE,
)
_INTERVAL_FIRST = re.compile(
    rf"(?<![\d.,])(?P<percent>{NUMBER})\s?%{_INTERVAL.removesuffix('?')}"
    rf"[\s,;)\]]*[(\[]?\s*(?:n\s*=\s*)?(?P<count>{COUNT})\s*{_OF}\s*(?P<of>{COUNT})(?![\d.])",
    re.IGNORECASE,
)
_PERCENT_ALONE = re.compile(rf"(?<![\d.,])(?P<percent>{NUMBER})\s?%\s*[(\[]\s*[nN]\s*=\s*(?P<count>{COUNT})\s*[)\]]")
_COUNT_ALONE = re.compile(
    rf"(?<![\d.,/%:<>≥≤±-])(?<![<>≥≤±]\s)(?P<count>{COUNT})\b(?P<unit>(?:\s[a-z-]+){{0,2}})\s*(?:[,;]\s+)?[(\[]?\s*"
    rf"(?P<percent>{NUMBER})\s?%{_NO_LEVEL}\s*[)\];,]"
)
# `Phase 2 (50 %)`, `age 65 (30 %)`, `10 mg (5 %)`: a number that counts nothing here.
_LABEL = re.compile(
    r"(?:\b(?:phase|figure|fig|table|tab|grade|stage|level|step|day|week|month|year|round|wave|visit|aged?|version|model|"
    r"type|group|arm|item|question|score|bmi|class|chapter|appendix|ref|umri|jedwali|mwaka|wiki|siku|tableau|âge)\b\.?"
    r"|[<>≥≤±])\s*$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s(?:mg|ml|kg|g|km|cm|mm|years?|months?|weeks?|days?|hours?|minutes?|min|points?|ans|mois|jours)\b"
)
_WHOLE = re.compile(r"(?:/|\b(?:of|of the|of all|out of|from among|sur|parmi|kati ya))\s*$", re.IGNORECASE)
_OF_ITS_OWN = re.compile(r"\s*(?:of|de|des|du|ya|za|wa)\s")
_PRESSURE = re.compile(r"\b(?:blood pressure|bp|mm ?hg|hypertens\w*|shinikizo|tension artérielle)\b", re.IGNORECASE)
NEAR = 3.0  # per cent within which a loosely joined percentage is still the one of the count before it

# A table whose head says `n (%)` prints 46 (65.7) without the sign.
_HEAD = re.compile(r"\b(?:n|no\.?|number|freq\w*|idadi|effectif)\s*\(\s*%\s*\)", re.IGNORECASE)
_IN_TABLE = re.compile(rf"(?<![\d.,/±-])(?P<count>{COUNT})\s*\((?P<percent>\d{{1,3}}(?:[.,]\d+)?)\)")
_NO_COUNTS = re.compile(r"\b(?:mean|sd|median|iqr|range|moyenne|médiane|wastani)\b|±", re.IGNORECASE)
MOST_WORDS = 14  # a line of a table has fewer; a longer one is the text that goes on after it


@dataclass(frozen=True)
class Share:
    """One share as printed; `of` is None when its whole stands elsewhere.

    `is_loose` when the percentage may be of something else: `12 of 40 came, 80 % were women`.
    """

    count: int
    of: int | None
    percent: Printed
    start: int
    end: int
    interval: tuple[Printed, Printed] | None = None
    level: float = 0.95
    is_loose: bool = False
    table: int | None = None  # where the head of its table stands


def whole(text: str) -> int:
    return WORDS.get(text.lower()) or int(re.sub(r"\D", "", text))


def found(manuscript: Manuscript) -> list[Share]:
    """Every share of the text, in order; a place belongs to one share only."""
    text = manuscript.text
    shares: list[Share] = []
    tables = list(_tables(text))
    for match in (one for part in (_with_wholes(text), _alone(text), _in_tables(text, tables)) for one in part):
        if any(match.start() < one.end and one.start < match.end() for one in shares):
            continue
        share = _share(text, match, tables)
        if not _is_something_else(text, share, match):
            shares.append(share)
    return sorted(shares, key=lambda one: one.start)


def _with_wholes(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_COUNT_FIRST, _PERCENT_FIRST, _INTERVAL_FIRST):
        yield from pattern.finditer(text)


def _alone(text: str) -> Iterator[re.Match[str]]:
    yield from _PERCENT_ALONE.finditer(text)
    for match in _COUNT_ALONE.finditer(text):
        before = (text, max(match.start() - 20, 0), match.start())
        if not any(word.search(*before) for word in (_LABEL, _WHOLE)) and not _UNIT.match(match["unit"]):
            yield match


def _in_tables(text: str, tables: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    for start, end in tables:
        for line in re.finditer(r".*\n?", text[start:end]):
            if not _NO_COUNTS.search(line[0]):
                yield from _IN_TABLE.finditer(text, start + line.start(), start + line.end())


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where a table begins, after the head of its column, and ends."""
    for head in _HEAD.finditer(text):
        place = head.end()
        in_columns = "\t" in _line(text, head.start())
        lines = text[place:].splitlines(keepends=True)
        for number, line in enumerate(lines):
            # A row with one cell, as "Cadre", stands between others; two such are no table any more.
            is_text = in_columns and "\t" not in "".join(lines[number : number + 2])
            if number and (not line.strip() or is_text) or len(line.split()) > MOST_WORDS:
                break
            place += len(line)
        yield head.end(), place


def _line(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]


def _share(text: str, match: re.Match[str], tables: list[tuple[int, int]]) -> Share:
    parts = match.groupdict()
    low, high = parts.get("low"), parts.get("high")
    level = parts.get("level") or parts.get("level2")
    return Share(
        count=whole(parts["count"]),
        of=whole(parts["of"]) if parts.get("of") else None,
        percent=Printed.of(parts["percent"]),
        start=match.start(),
        end=_end(text, match),
        interval=(Printed.of(low), Printed.of(high)) if low and high else None,
        level=float(level) / 100 if level else 0.95,
        is_loose=_is_loose(text, match),
        table=next((start for start, end in tables if start <= match.start() < end), None),
    )


def _is_loose(text: str, match: re.Match[str]) -> bool:
    joint = match.groupdict().get("joint")
    if joint is None:
        return False
    is_bracketed = "(" in joint or "[" in joint or ";" in joint
    return not is_bracketed or bool(_OF_ITS_OWN.match(text, match.end("percent") + 1))


def _is_something_else(text: str, share: Share, match: re.Match[str]) -> bool:
    """A blood pressure, 24/7, a school year; a percentage far from its neighbour that belongs to other words."""
    if share.of is None:
        return False
    if "/" in text[match.start("count") : match.end("of")]:
        around = text[max(share.start - 60, 0) : share.end + 30]
        if (share.count, share.of) == (24, 7) or _PRESSURE.search(around) and share.count > 60 and share.of > 30:
            return True
        if 1900 <= share.count <= 2100 and share.of in (share.count + 1, (share.count + 1) % 100):
            return True
        if share.count > share.of and not text[match.end("percent") :].lstrip(" %").startswith((")", "]", ";", ",")):
            return True  # a ratio, as in 3/1 (75 % women)
    return share.is_loose and (share.of == 0 or abs(100 * share.count / share.of - share.percent.value) > NEAR)


def _end(text: str, match: re.Match[str]) -> int:
    """Where a share ends for the reader, without a comma after it."""
    if match[0][-1] in ";,":
        return match.end() - 1
    return closed(text, match)


def closed(text: str, match: re.Match[str]) -> int:
    """The end of a match, with the bracket that closes one opened in it."""
    for left, right in ("()", "[]"):
        if match[0].count(left) > match[0].count(right) and text[match.end() : match.end() + 1] == right:
            return match.end() + 1
    return match.end()
