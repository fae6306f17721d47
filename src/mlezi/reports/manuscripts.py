"""What the check of a manuscript's figures says, in sentences. The check itself is `methods.manuscripts`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
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
    "interval_wrong": say("Neither Wilson, Clopper-Pearson nor Wald gives {low} to {high} for {count} of {of}."),
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

    line: int
    verdict: Verdict
    quote: str
    says: str
    would_be: str

    @property
    def word(self) -> str:
        return gettext(VERDICTS[self.verdict])

    @property
    def tone(self) -> str:
        return TONES[self.verdict]


def checked(text: str) -> list[Line]:
    """Every figure of the text that says something of another one, in order."""
    report = checking.check(text)
    return [
        Line(report.manuscript.line(one.start), one.verdict, one.quote, sentence(one), one.would_be)
        for one in report.findings
    ]


def sentence(finding: Finding) -> str:
    return gettext(SAYINGS[finding.code]).format(**finding.values)


def summary(lines: list[Line]) -> str:
    """One sentence about the whole text."""
    if not lines:
        return gettext("No figures were found that can be held against each other.")
    counts = {verdict: sum(one.verdict is verdict for one in lines) for verdict in Verdict}
    return gettext("{n} figures: {holds} hold, {fails} do not, {open} to look at closer.").format(
        n=len(lines), holds=counts[Verdict.HOLDS], fails=counts[Verdict.FAILS], open=counts[Verdict.OPEN]
    )
