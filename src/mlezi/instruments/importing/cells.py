"""What a cell of a filled-in questionnaire says, written as a phone would write it; what cannot is noted on the row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from mlezi.audit.imports import parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Context
from mlezi.formats import answers as reading
from mlezi.formats.xform import Choice, Question
from mlezi.instruments import vocabulary
from mlezi.people.importing.lookup import People
from mlezi.places.lookup import Places
from mlezi.plumbing.words import worded

BOUND = re.compile(r"\s*\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s*")
NOT_AHEAD = re.compile(r"\s*\.\s*<=?\s*today\(\)\s*")
PEOPLE = vocabulary.NAMES_SOMEBODY | {"encounter.lead", "rating.rater", "practice.person"}
PLACES = frozenset({"encounter.place", "person.place", "practice.place", "employment.place"})


@dataclass(frozen=True)
class Lists:
    """Who and where a cell may name: looked up once, and only when a cell names anybody."""

    context: Context

    @cached_property
    def people(self) -> People:
        return People(self.context.scope, self.context.today)

    @cached_property
    def places(self) -> Places:
        return Places(self.context.scope)


def said(finding: Finding, question: Question, lists: Lists) -> str:
    """What a cell says, as a phone would write it; notes on the row what cannot be."""
    text = finding.says(question.name).strip()
    term = vocabulary.read(question.meaning)[0]
    if not text:
        if is_needed(question):
            finding.problem(gettext("“{question}” must be answered.").format(question=title(question)))
        return ""
    if question.choices:
        return " ".join(_chosen(finding, question, text))
    if term in PEOPLE:
        names = re.split(r"[;,]", text) if question.kind == "select" else [text]
        return " ".join(filter(None, (person(finding, name, lists) for name in names if name.strip())))
    if term in PLACES:
        return _place(finding, text, lists)
    return _plain(finding, question, text, lists)


def _plain(finding: Finding, question: Question, text: str, lists: Lists) -> str:
    if question.kind in ("int", "decimal"):
        return _number(finding, question, text)
    return _day(finding, question, lists) if question.kind == "date" else text


def is_needed(question: Question) -> bool:
    """Whether every row must answer it, whatever else it says."""
    return question.is_required and not question.relevant


def person(finding: Finding, text: str, lists: Lists) -> str:
    found, trouble = lists.people.find(text.strip())
    if trouble or found is None:
        finding.problem(trouble)
    return str(found.uid) if found else ""


def _place(finding: Finding, text: str, lists: Lists) -> str:
    found, trouble = lists.places.find(code=text, name="")
    if found is None:
        found, trouble = lists.places.find(code="", name=text)
    if found is None:
        finding.problem(trouble)
    return str(found.uid) if found else ""


def _day(finding: Finding, question: Question, lists: Lists) -> str:
    day = parsing.day(finding, question.name)
    if day is not None and day > lists.context.today and NOT_AHEAD.search(question.constraint):
        finding.problem(gettext("{day} lies ahead. Answers cannot come from there.").format(day=day))
    return str(day or "")


def _chosen(finding: Finding, question: Question, text: str) -> list[str]:
    known = {one.name.casefold(): one.name for one in question.choices}
    for one in question.choices:
        for label in one.labels.values():
            known.setdefault(label.casefold(), one.name)
    whole = known.get(text.casefold()) or known.get(text.removesuffix(".0"))
    if whole or question.kind != "select":
        parts = [text]
    else:
        parts = [part.strip() for part in re.split(r"[;,]" if re.search("[;,]", text) else r"\s+", text)]
    found = [whole or known.get(part.casefold(), "") for part in parts if part]
    for part, name in zip(parts, found, strict=False):
        if not name:
            offered = ", ".join(one.name for one in question.choices[:8])
            words = gettext("“{text}” is no answer to “{question}”. There are: {offered}.")
            finding.problem(words.format(text=part, question=title(question), offered=offered))
    return [name for name in found if name]


def _number(finding: Finding, question: Question, text: str) -> str:
    if parsing.THOUSANDS.fullmatch(text):
        finding.problem(parsing.two_readings(text))
        return ""
    value = reading.number(text)
    if value is None or (question.kind == "int" and value != round(value)):
        words = gettext("“{text}” is no number, as “{question}” asks for.")
        finding.problem(words.format(text=text, question=title(question)))
        return ""
    if not _is_within(question, value):
        words = gettext("{text} does not fit “{question}”, which allows {rule}.")
        finding.problem(words.format(text=text, question=title(question), rule=_rule(question)))
        return ""
    return format(round(value), "d") if question.kind == "int" else repr(value)


def _rule(question: Question) -> str:
    low, high, _step = question.limits
    return f"{low} – {high}" if low and high else question.constraint


def _is_within(question: Question, value: float) -> bool:
    """By the plain bounds of a range and of a constraint; what is worded otherwise is not judged here."""
    low, high, _step = question.limits
    if (low and value < float(low)) or (high and value > float(high)):
        return False
    bounds = [BOUND.fullmatch(part) for part in re.split(r"\band\b", question.constraint)]
    if not question.constraint or None in bounds:
        return True
    compare: dict[str, Callable[[float, float], bool]] = {
        ">=": float.__ge__, "<=": float.__le__, ">": float.__gt__, "<": float.__lt__,
    }  # fmt: skip
    return all(compare[found[1]](value, float(found[2])) for found in bounds if found)


def title(asked: Question | Choice) -> str:
    """Its words in the reader's language."""
    return worded(asked.labels) or asked.name
