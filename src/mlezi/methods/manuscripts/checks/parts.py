"""Percentages that are parts of one whole should add up to 100, as far as rounding allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from mlezi.methods.manuscripts.checks import writing
from mlezi.methods.manuscripts.finding import Finding, Verdict
from mlezi.methods.manuscripts.printed import NUMBER, SLACK, Printed
from mlezi.methods.manuscripts.reading import Manuscript, Passage

CHECK = "parts"
NEAR = 3.0  # per cent from 100 at which a list looks like a whole that does not add up
FAR = (
    10.0  # the same for a list that has a word for the rest; several answers may be allowed, so it is only asked about
)
_REST = re.compile(
    r"\b(?:others?|the rest|remaining|remainder|none|neither|wengine|nyingine|autres?|aucune?)\b", re.IGNORECASE
)
_PERCENT = re.compile(rf"(?<![\d.,±-])(?P<percent>{NUMBER})\s?%(?!\s*(?:CI\b|IC\b|confidence))", re.IGNORECASE)
_FEW_WORDS = r"[^\d%.;]{0,60}"
_LIST = re.compile(
    rf"^[\s,;:)(]*(?:{_FEW_WORDS}[,;]|{_FEW_WORDS}\b(?:and|or|na|et|y|e)\b|[^\d%.;]{{0,40}}\()[^%;.]{{0,60}}$"
)


def check(manuscript: Manuscript) -> Iterator[Finding]:
    seen: list[tuple[int, int]] = []
    for finding in _counted(manuscript):
        seen.append((finding.start, finding.end))
        yield finding
    for finding in _blocks(manuscript):
        if not any(finding.start < last and first < finding.end for first, last in seen):
            yield finding
    for passage in manuscript.passages:
        for start, end, percents in _lists(passage):
            if not any(start < last and first < end for first, last in seen):
                yield from _judged(manuscript, start, end, percents)


def _counted(manuscript: Manuscript) -> Iterator[Finding]:
    """Neighbouring shares of the same whole whose counts add up to it, or to a little more or less than it."""
    known = [one for one in writing.found(manuscript) if one.of]
    for _, group in groupby(known, key=lambda one: (one.of, _passage(manuscript, one.start))):
        run = list(group)
        total, of = sum(one.count for one in run), run[0].of or 0
        if len(run) < 2 or total != of:
            continue
        yield from _judged(manuscript, run[0].start, run[-1].end, [one.percent for one in run])


def _blocks(manuscript: Manuscript) -> Iterator[Finding]:
    """Rows of a table between two rows without a share, column by column; asked about, as some may be missing there."""
    shares = [one for one in writing.found(manuscript) if one.table is not None and one.of is None]
    rows = [list(row) for _, row in groupby(shares, key=lambda one: (one.table, manuscript.line(one.start)))]
    block: list[list[writing.Share]] = []
    for row in [*rows, []]:
        if row and (not block or _follows(manuscript, block[-1], row)):
            block.append(row)
            continue
        for column in zip(*block, strict=True) if len(block) >= 2 else ():
            for found in _judged(manuscript, column[0].start, column[-1].end, [one.percent for one in column]):
                if found.verdict is Verdict.FAILS:
                    quote = ", ".join(manuscript.quote(one.start, one.end) for one in column)
                    yield replace(found, verdict=Verdict.OPEN, quote=quote)
        block = [row] if row else []


def _follows(manuscript: Manuscript, above: list[writing.Share], row: list[writing.Share]) -> bool:
    is_next = manuscript.line(row[0].start) == manuscript.line(above[0].start) + 1
    return is_next and len(row) == len(above) and row[0].table == above[0].table


def _passage(manuscript: Manuscript, place: int) -> int:
    return max((passage.start for passage in manuscript.passages if passage.start <= place), default=0)


def _lists(passage: Passage) -> Iterator[tuple[int, int, list[Printed]]]:
    """Runs of at least three percentages of one sentence, with only a few words between each."""
    run: list[re.Match[str]] = []
    for match in [*_PERCENT.finditer(passage.text), None]:
        if match and (not run or _LIST.match(passage.text[run[-1].end() : match.start()])):
            run.append(match)
            continue
        if len(run) >= 3:
            first, last = passage.start + run[0].start(), passage.start + run[-1].end()
            yield first, last, [Printed.of(one["percent"]) for one in run]
        run = [match] if match else []


def _judged(manuscript: Manuscript, start: int, end: int, percents: list[Printed]) -> Iterator[Finding]:
    total = sum(one.value for one in percents)
    decimals = max(one.decimals for one in percents)
    allowed = sum(one.half for one in percents)
    is_far = abs(total - 100) > max(NEAR, allowed)
    words = manuscript.text[start : end + 20].partition("\n\n")[0]
    if is_far and not (_REST.search(words) and abs(total - 100) <= FAR):
        return
    holds = abs(total - 100) <= allowed + SLACK
    values: dict[str, str | int | float] = {"n": len(percents), "sum": f"{total:.{decimals}f}"}
    verdict, code = (Verdict.HOLDS, "parts_hold") if holds else (Verdict.FAILS, "parts_do_not_add_up")
    verdict = Verdict.OPEN if is_far else verdict
    start -= manuscript.text[:start].endswith("(")
    end += manuscript.text[end - 1 : end + 1] == "%)"
    yield Finding(CHECK, verdict, start, end, manuscript.quote(start, end), code, values, "" if holds else "100 %")
