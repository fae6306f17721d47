"""What the check of a manuscript's figures says, in sentences. The check itself is `methods.manuscripts`."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as say

from mlezi.methods.manuscripts import checking
from mlezi.methods.manuscripts.finding import Finding, Verdict

SAYINGS = {
    "share_holds": say("{count} of {of} is {percent} %."),
    "share_holds_elsewhere": say("{count} is {percent} % of the {of} in line {line}."),
    "share_cut": say("{count} of {of} is {true} %. The further digits were cut off; rounded it is {right} %."),
    "share_wrong": say("{count} of {of} is {right} %. Counts out of {of} that would give {percent} %: {counts}."),
    "share_impossible": say("{count} of {of} is {right} %. No count out of {of} is {percent} %."),
    "more_than_all": say("{count} is more than {of}, the whole it is a part of."),
    "whole_not_found": say(
        "No number in the text makes {count} come to {percent} %. The whole would be from {low} to {high}: name it."
    ),
    "no_whole_possible": say("There is no whole number of which {count} is {percent} %."),
    "interval_holds": say("The interval of {count} of {of} is the one that {method} gives."),
    "wald_interval": say(
        "The interval of {count} of {of} is the simple one (Wald), which is too narrow near 0 and 100 %; "
        "Wilson's is better."
    ),
    "interval_wrong": say(
        "No usual method (Wilson, Clopper-Pearson, Wald and four others) gives {low} to {high} for {count} of {of}."
    ),
    "mean_holds": say("The {level} % interval follows from the mean, the SD and n = {n}."),
    "mean_fits_n": say("The {level} % interval is what {fits} values give."),
    "mean_fits_unnamed_n": say(
        "The {level} % interval is what {fits} values give, and the text names no such number: say what was counted."
    ),
    "mean_other_n": say(
        "With n = {n} the {level} % interval would be another; the printed one is what {fits} values give."
    ),
    "mean_wrong": say("With n = {n} the {level} % interval would be another, and no other n gives the printed one."),
    "no_n_fits": say("No number of values gives this {level} % interval with an SD of {sd}."),
    "not_centred": say(
        "The mean is not in the middle of the interval, so it is no plain t-interval; say how it was found."
    ),
    "upside_down": say("The interval begins above its end."),
    "interval_adjusted": say(
        "The interval is wider than that of plain counts, and the text speaks of clusters, weights or a model: say "
        "how the interval was found."
    ),
    "parts_hold": say("The {n} percentages add up to {sum}, as near to 100 as rounding allows."),
    "parts_do_not_add_up": say(
        "The {n} percentages add up to {sum}. If they are parts of one whole, they should add up to 100."
    ),
}  # fmt: skip
VERDICTS = {Verdict.HOLDS: say("holds"), Verdict.FAILS: say("does not hold"), Verdict.OPEN: say("look closer")}
TONES = {Verdict.HOLDS: "good", Verdict.FAILS: "late", Verdict.OPEN: "wait"}


@dataclass(frozen=True)
class Line:
    """One figure and what is to be said of it, in the language of the reader."""

    page: int | None  # of a file that has pages; the line is then of the page
    line: int
    verdict: Verdict
    quote: str
    says: str
    would_be: str

    @property
    def place(self) -> str:
        if self.page is None:
            return gettext("Line {line}").format(line=self.line)
        return gettext("Page {page}, line {line}").format(page=self.page, line=self.line)

    @property
    def word(self) -> str:
        return gettext(VERDICTS[self.verdict])

    @property
    def tone(self) -> str:
        return TONES[self.verdict]


def checked(text: str, *more: str) -> list[Line]:
    """Every figure of the text that says something of another one, in order. Each page of a file may be given."""
    pages = (text, *more)
    report = checking.check("\n".join(pages))
    starts = [0, *accumulate(page.count("\n") + 1 for page in pages)]
    found = []
    for one in report.findings:
        page, line = _place(report.manuscript.line(one.start), starts)
        found.append(Line(page if more else None, line, one.verdict, one.quote, sentence(one, starts), one.would_be))
    return found


def _place(line: int, starts: list[int]) -> tuple[int, int]:
    """The page, and the line of that page."""
    page = bisect_left(starts, line)
    return page, line - starts[page - 1]


def sentence(finding: Finding, starts: list[int]) -> str:
    values = dict(finding.values)
    if "line" in values and len(starts) > 2:
        page, line = _place(int(values["line"]), starts)
        values["line"] = gettext("{line} of page {page}").format(line=line, page=page)
    return gettext(SAYINGS[finding.code]).format(**values)


def summary(lines: list[Line]) -> str:
    """One sentence about the whole text."""
    if not lines:
        return gettext("No figures were found that can be held against each other.")
    counts = {verdict: sum(one.verdict is verdict for one in lines) for verdict in Verdict}
    said = ngettext(
        "{n} figure: {holds} holds, {fails} does not, {open} to look at closer.",
        "{n} figures: {holds} hold, {fails} do not, {open} to look at closer.",
        len(lines),
    )
    return said.format(
        n=len(lines), holds=counts[Verdict.HOLDS], fails=counts[Verdict.FAILS], open=counts[Verdict.OPEN]
    )
