"""Does a scoring rule fit its question, and what holds when there is none?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from mlezi.formats.checklist import Option, scoring
from mlezi.formats.checklist.sheets import xml_name
from mlezi.formats.trouble import gettext_noop as say

ALONE = ("none", "na")  # choices that stand alone and are not counted: none of these; does not apply


def counted(options: Sequence[Option]) -> int:
    return sum(option.code not in ALONE for option in options)


def by_choice(rule: scoring.Rule, options: Sequence[Option]) -> scoring.Rule:
    """The rule by the codes of choices: a sentence may name a choice by its code or by its words."""
    codes = {xml_name(words): option.code for option in options for words in (*option.labels.values(), option.code)}
    return replace(rule, words=tuple((codes.get(xml_name(word), word), points) for word, points in rule.words))


def misfit(rule: scoring.Rule, kind: str, options: Sequence[Option]) -> tuple[str, dict[str, object]] | None:
    """What a rule does not say, or says twice: a sentence and its facts."""
    words, n = {word for word, _ in rule.words}, counted(options)
    if kind == "yes_no" and not {scoring.YES, scoring.NO} <= words:
        return say("The rule does not say what both yes and no are worth."), {}
    if kind == "choose_one" and {option.code for option in options} - {*words, scoring.NOT_APPLICABLE}:
        return say("The rule does not say what every choice is worth."), {}
    if kind in ("tick_all", "count") and rule.doubled():
        return say("The rule says two things for {value}."), {"value": _some(rule.doubled())}
    if kind == "tick_all" and rule.gaps(n):
        return say("The rule says nothing for {value} ticked of {n}."), {"value": _some(rule.gaps(n)), "n": n}
    if kind == "count" and rule.gaps(rule.last + 1):
        return say("The rule says nothing for {value}."), {"value": _some(rule.gaps(rule.last + 1))}
    return None


def _some(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")  # noqa: PLR2004 - enough to see


def usual(kind: str, options: Sequence[Option]) -> scoring.Rule:
    """What holds without a rule: yes is good; each tick counts the same; a number is not scored."""
    if kind == "yes_no":
        return scoring.YES_IS_GOOD
    if kind == "tick_all":
        return scoring.Rule(bands=tuple(scoring.Band(n, n, Fraction(n)) for n in range(counted(options) + 1)))
    return scoring.Rule()


def listed(cell: str) -> Iterator[Option]:
    """The choices in a cell; "N/A" alone is none, beside others it is one of them."""
    parts = [part for piece in re.split(r"[;\n|]|,(?!\s*\d)", cell) if (part := piece.strip())]
    for number, part in enumerate(parts, 1):
        if part.upper() not in ("N/A", "NA"):
            yield Option(xml_name(part) or f"o{number}", {"": part})
        elif len(parts) > 1:
            yield Option(scoring.NOT_APPLICABLE, {"": part})


def distinct(options: Iterable[Option]) -> tuple[list[Option], list[str]]:
    """Each code once, and the codes that stood twice."""
    first: dict[str, Option] = {}
    again = [option.code for option in options if first.setdefault(option.code, option) is not option]
    return list(first.values()), again
