"""Does a scoring rule fit its question, and what holds when there is none?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from mlezi.formats.checklist import Option, scoring
from mlezi.formats.checklist.sheets import xml_name
from mlezi.formats.trouble import gettext_noop as say


def misfit(rule: scoring.Rule, kind: str, options: Sequence[Option]) -> str:
    words = {word for word, _ in rule.words}
    if kind == "yes_no" and not {scoring.YES, scoring.NO} <= words:
        return say("The rule does not say what both yes and no are worth.")
    if kind == "tick_all" and rule.gaps(len(options)):
        return say("The rule says nothing for {value} ticked of {n}.")
    if kind in ("tick_all", "count") and rule.doubled():
        return say("The rule says two things for {value}.")
    if kind == "choose_one" and {option.code for option in options} - words:
        return say("The rule does not say what every choice is worth.")
    return ""


def usual(kind: str, options: Sequence[Option]) -> scoring.Rule:
    """What holds without a rule: yes is good; each tick counts the same; a number is not scored."""
    if kind == "yes_no":
        return scoring.YES_IS_GOOD
    if kind == "tick_all":
        return scoring.Rule(bands=tuple(scoring.Band(n, n, Fraction(n)) for n in range(len(options) + 1)))
    return scoring.Rule()


def listed(cell: str) -> Iterator[Option]:
    parts = [part.strip() for part in re.split(r"[;\n|]|,(?!\s*\d)", cell)]
    for part in parts:
        if part and part.upper() not in ("N/A", "NA"):
            yield Option(xml_name(part), {"": part})
