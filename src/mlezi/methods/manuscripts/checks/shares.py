"""A count with its percentage: `46/70 (65.7 %)`, `65.7 % (46 of 70)`, and `36 (55 %)` whose whole stands elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, sqrt

from scipy.special import ndtri

from mlezi.methods.manuscripts.finding import Finding, Verdict
from mlezi.methods.manuscripts.printed import NUMBER, SLACK, Printed
from mlezi.methods.manuscripts.reading import Manuscript
from mlezi.methods.statistics.proportions import bounds

CHECK = "share"
AGREEING = 3  # so many shares must point to the same whole before it is held against another
COUNT = r"(?:\d{1,3}(?:[, ]\d{3})+|\d{1,7})"
_OF = r"(?:/|\bof(?: the| a total of| all)?\b|\bout of(?: the)?\b|\bde\b|\bsur\b|\bkati ya\b)"
_INTERVAL = (
    rf"(?:[,;:\s(\[]*(?P<level>\d\d(?:\.\d)?)\s?%\s*(?:CI|confidence interval|IC)\b[\s:=,\[(]*"
    rf"(?P<low>{NUMBER})\s?%?\s*(?:-|to|,|;|à|a)\s*(?P<high>{NUMBER})\s?%?)?"
)
_COUNT_FIRST = re.compile(
    rf"(?<![\d.,/-])(?P<count>{COUNT})\s*{_OF}\s*(?P<of>{COUNT})(?![\d.,]*%)\b[^\d.;%()\[\]]{{0,60}}?[\s(\[,:=]*"
    rf"(?P<percent>{NUMBER})\s?%(?!\s*(?:CI\b|confidence)){_INTERVAL}"
)
_PERCENT_FIRST = re.compile(
    rf"(?<![\d.,])(?P<percent>{NUMBER})\s?%\s*[(\[,]\s*(?:n\s*=\s*)?(?P<count>{COUNT})\s*{_OF}\s*(?P<of>{COUNT})(?![\d.]){_INTERVAL}"
)
_WITHOUT_WHOLE = re.compile(
    rf"(?<![\d.,/%-])(?P<count>{COUNT})\b(?:\s[a-z-]+){{0,2}}\s*[,;]?\s*[(\[]?\s*(?P<percent>{NUMBER})\s?%(?!\s*(?:CI\b|confidence))\s*[)\];,]"
)

# A table whose head says `n (%)` prints 46 (65.7) without the sign.
_HEAD = re.compile(r"\b(?:n|no\.?|number|freq\w*)\s*\(\s*%\s*\)", re.IGNORECASE)
_IN_TABLE = re.compile(rf"(?<![\d.,/±-])(?P<count>{COUNT})\s*\((?P<percent>\d{{1,3}}(?:[.,]\d+)?)\)")
_TABLE_ENDS = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Share:
    """One share as printed; `of` is None when its whole stands elsewhere."""

    count: int
    of: int | None
    percent: Printed
    start: int
    end: int
    interval: tuple[Printed, Printed] | None = None
    level: float = 0.95


def whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def found(manuscript: Manuscript) -> list[Share]:
    """Every share of the text, in order; a place belongs to one share only."""
    shares: list[Share] = []
    text = manuscript.text
    tables = [(head.end(), _end_of_table(text, head.end())) for head in _HEAD.finditer(text)]
    for pattern, places in (
        (_COUNT_FIRST, [(0, len(text))]),
        (_PERCENT_FIRST, [(0, len(text))]),
        (_WITHOUT_WHOLE, [(0, len(text))]),
        (_IN_TABLE, tables),
    ):
        for match in (one for place in places for one in pattern.finditer(text, *place)):
            if any(match.start() < one.end and one.start < match.end() for one in shares):
                continue
            parts = match.groupdict()
            low, high = parts.get("low"), parts.get("high")
            shares.append(
                Share(
                    count=whole(parts["count"]),
                    of=whole(parts["of"]) if parts.get("of") else None,
                    percent=Printed.of(parts["percent"]),
                    start=match.start(),
                    end=_end(text, match),
                    interval=(Printed.of(low), Printed.of(high)) if low and high else None,
                    level=float(parts["level"]) / 100 if parts.get("level") else 0.95,
                )
            )
    return sorted(shares, key=lambda one: one.start)


def _end_of_table(text: str, start: int) -> int:
    end = _TABLE_ENDS.search(text, start)
    return end.start() if end else len(text)


def _end(text: str, match: re.Match[str]) -> int:
    """Where a share ends for the reader: with its bracket, without a comma after it."""
    if match[0][-1] in ";,":
        return match.end() - 1
    opened = match[0].count("(") > match[0].count(")")
    return match.end() + (opened and text[match.end() : match.end() + 1] == ")")


def check(manuscript: Manuscript) -> Iterator[Finding]:
    known = found(manuscript)
    common = _common(manuscript, [share for share in known if share.of is None])
    for share in known:
        if share.of is None:
            finding = _without_whole(manuscript, share, common)
            if finding.verdict is Verdict.HOLDS or not _is_year(share.count):
                yield finding
            continue
        yield _judged(manuscript, share, share.of)
        if share.interval and share.of >= share.count:
            yield _interval(manuscript, share, share.of)


def _judged(manuscript: Manuscript, share: Share, of: int) -> Finding:
    def says(verdict: Verdict, code: str, would_be: str = "", **more: str | int | float) -> Finding:
        values = {"count": share.count, "of": of, "percent": share.percent.text, **more}
        quote = manuscript.quote(share.start, share.end)
        return Finding(CHECK, verdict, share.start, share.end, quote, code, values, would_be)

    if of == 0 or share.count > of:
        return says(Verdict.FAILS, "more_than_all")
    true = 100 * share.count / of
    if share.percent.fits(true):
        return says(Verdict.HOLDS, "share_holds")
    right = share.percent.as_printed(true)
    if share.percent.is_cut(true):
        return says(Verdict.FAILS, "share_cut", f"{right} %", right=right, true=f"{true:.4g}")
    counts = _counts_for(share.percent, of)
    code = "share_wrong" if counts else "share_impossible"
    return says(Verdict.FAILS, code, f"{right} %", right=right, counts=counts)


def _counts_for(percent: Printed, of: int) -> str:
    """The counts out of `of` that print as this percentage."""
    first, last = ceil(percent.low * of / 100 - SLACK), floor(percent.high * of / 100 + SLACK)
    return " or ".join(str(count) for count in range(max(first, 0), min(last, of) + 1))


def _common(manuscript: Manuscript, shares: list[Share]) -> int | None:
    """The one number of the text that is the whole of most of its shares, when at least three agree on it."""
    fitting = Counter(
        number
        for share in shares
        for number in {number for number, _ in manuscript.counts if number >= share.count > 0}
        if share.percent.fits(100 * share.count / number)
    )
    (best, times), *others = [*fitting.most_common(2), (0, 0)]
    alone = not others or others[0][1] < times
    return best if alone and times >= AGREEING and 2 * times > len(shares) else None


def _without_whole(manuscript: Manuscript, share: Share, common: int | None) -> Finding:
    """Look for the whole among the text's own numbers, the nearest one before the share first."""
    before = [(number, place) for number, place in manuscript.counts if place < share.start]
    after = [(number, place) for number, place in manuscript.counts if place > share.end]
    for number, place in [*reversed(before), *after]:
        if number > share.count and share.percent.fits(100 * share.count / number):
            values: dict[str, str | int | float] = {
                "count": share.count, "of": number, "percent": share.percent.text, "line": manuscript.line(place),
            }  # fmt: skip
            quote = manuscript.quote(share.start, share.end)
            return Finding(CHECK, Verdict.HOLDS, share.start, share.end, quote, "share_holds_elsewhere", values)
    if common and share.count <= common:  # the rest of the text is about so many: then this share is out
        return _judged(manuscript, share, common)
    low, high = wholes_for(share.count, share.percent)
    quote = manuscript.quote(share.start, share.end)
    values = {"count": share.count, "percent": share.percent.text, "low": low, "high": high}
    if high < low or share.count == 0:
        return Finding(CHECK, Verdict.FAILS, share.start, share.end, quote, "no_whole_possible", values)
    spelled = str(low) if low == high else f"{low}–{high}"
    return Finding(CHECK, Verdict.OPEN, share.start, share.end, quote, "whole_not_found", values, f"N = {spelled}")


def _is_year(number: int) -> bool:
    return 1900 <= number <= 2100


def wholes_for(count: int, percent: Printed) -> tuple[int, int]:
    """The smallest and largest whole of which `count` prints as this percentage."""
    if percent.high <= 0:
        return 1, 0
    low = ceil(100 * count / percent.high - SLACK)
    high = floor(100 * count / percent.low + SLACK) if percent.low > 0 else 10**9
    return max(low, count), high


def _interval(manuscript: Manuscript, share: Share, of: int) -> Finding:
    """Which method gives the printed interval, if any does."""
    assert share.interval
    low, high = share.interval
    scale = 1 if high.value <= 1 and share.percent.value > 1 else 100
    methods = {
        "Wilson": bounds(share.count, of, level=share.level, method="wilson"),
        "Clopper-Pearson": bounds(share.count, of, level=share.level, method="exact"),
        "Wald": _wald(share.count, of, share.level),
    }
    values: dict[str, str | int | float] = {"count": share.count, "of": of, "low": low.text, "high": high.text}
    quote = manuscript.quote(share.start, share.end)
    for name, (lower, upper) in methods.items():
        if low.fits(scale * lower) and high.fits(scale * upper):
            values["method"] = name
            code = "wald_interval" if name == "Wald" else "interval_holds"
            return Finding("interval", Verdict.HOLDS, share.start, share.end, quote, code, values)
    lower, upper = methods["Wilson"]
    right = f"{low.as_printed(scale * lower)}–{high.as_printed(scale * upper)}"
    return Finding("interval", Verdict.FAILS, share.start, share.end, quote, "interval_wrong", values, right)


def _wald(count: int, of: int, level: float) -> tuple[float, float]:
    """The simple interval, only to recognise it: it is too narrow near 0 and 1."""
    share = count / of
    half = float(ndtri(0.5 + level / 2)) * sqrt(share * (1 - share) / of)
    return max(share - half, 0.0), min(share + half, 1.0)
