"""A count with its percentage: `46/70 (65.7 %)`, `65.7 % (46 of 70)`, and `36 (55 %)` whose whole stands elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil, floor

from mlezi.methods.manuscripts.checks import intervals
from mlezi.methods.manuscripts.checks.writing import Share, found
from mlezi.methods.manuscripts.finding import Finding, Verdict
from mlezi.methods.manuscripts.printed import SLACK, Printed
from mlezi.methods.manuscripts.reading import Manuscript

CHECK = "share"
AGREEING = 3  # so many shares must point to the same whole before it is held against another


def check(manuscript: Manuscript) -> Iterator[Finding]:
    known = found(manuscript)
    bare = [share for share in known if share.of is None]
    # A table is about its own people: its rows are held against each other, not against the text.
    common = {
        table: _common(manuscript, [share for share in bare if share.table == table])
        for table in {share.table for share in bare}
    }
    for share in known:
        if share.of is None:
            finding = _without_whole(manuscript, share, common[share.table])
            if finding.verdict is Verdict.HOLDS or not _is_year(share.count):
                yield finding
            continue
        yield _judged(manuscript, share, share.of)
        if share.interval and share.of >= share.count:
            yield intervals.check(manuscript, share, share.of)


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
