"""Filled-in questionnaires from a spreadsheet: one row a respondent, one column a question.

For answers that came on paper or through another tool. Every row goes through the door that phones use; nothing of a
form is worked out here, so a form that calculates what its answers mean is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.formats import answers as reading
from mlezi.formats.record_writing import Blank
from mlezi.formats.xform import Group, Question, XForm
from mlezi.instruments import problems, vocabulary
from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import digest
from mlezi.instruments.models import FormVersion, Submission
from mlezi.instruments.queries import forms
from mlezi.people.importing.lookup import People

ANSWERED, NUMBER = "answered_on", "row_number"
ALWAYS = (
    Column(ANSWERED, _("Answered on"), _("The day it was filled in."), ("date", "day", "tarehe")),
    Column(
        NUMBER,
        _("Number of the sheet"),
        _("Tells two sheets with the same answers apart, and a sheet that came in before."),
        ("number", "sheet", "sheet_number", "namba"),
    ),
)
CONSTANT = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?))\s*""")
BOUND = re.compile(r"\s*\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s*")


def columns(context: Context) -> Sequence[Column]:
    """A column for every question that a cell can answer, under its name or its words in any language."""
    asked = _asked(_form(context))
    words = Counter(label for one in asked for label in set(one.labels.values()))
    found = [
        Column(
            one.name,
            one.labels.get("en") or next(iter(one.labels.values()), one.name),
            also=tuple(label for label in one.labels.values() if words[label] == 1),
            required=_must(one),
        )
        for one in asked
    ]
    taken = {one.key for one in found}
    return [*found, *(one for one in ALWAYS if one.key not in taken)]


def judge(findings: list[Finding], context: Context) -> None:
    version, form = _version(context), _form(context)
    asked, people = _asked(form), cache(lambda: People(context.scope, context.today))
    blank, seen = Blank(bytes(version.xml)), Counter[str]()
    for finding in findings:
        given = {one.path: value for one in asked if (value := _value(finding, one, people))}
        on = parsing.day(finding, ANSWERED)
        if on is not None and on > context.today:
            finding.problem(gettext("{day} lies ahead. Answers cannot come from there.").format(day=on))
        if not given and not finding.reasons:
            finding.problem(gettext("The row answers nothing."))
        if finding.reasons:
            continue
        key = finding.says(NUMBER) or repr(sorted(given.items())) + str(on)
        seen[key] += 1
        if finding.says(NUMBER) and seen[key] > 1:
            finding.problem(gettext("Sheet {number} stands here twice. Remove one.").format(number=key))
            continue
        name = uuid5(NAMESPACE_URL, f"{version.form.programme.uid}/{version.form.form_id}/{key}/{seen[key]}")
        record = blank.filled(_nested(form, {**given, **_made(form, on)}), instance_id=f"uuid:{name}")
        finding.facts |= {"instance": f"uuid:{name}", "xml": record}
    _compare(findings, version)


def write(findings: list[Finding], context: Context) -> None:
    for finding in context.watch(findings):
        receipt = receiving.receive(
            programme=context.programme,
            xml=finding.facts["xml"],
            sender=None,
            source=Submission.Source.FILE,
            at=context.at,
        )
        if receipt.submission is not None:
            finding.made.append((Submission._meta.label, str(receipt.submission.pk)))


PART = kinds.Part(columns, judge, write)


def _version(context: Context) -> FormVersion:
    return forms.version_of(context.programme, str(context.options.get("form", "")))


def _form(context: Context) -> XForm:
    """Raises `NoSuchForm`, and `NotFromAList` when a calculation says what the answers mean."""
    form = forms.read(_version(context))
    worked_out = [
        one.name
        for one in form.questions()
        if one.calculate and vocabulary.read(one.meaning)[0] and not CONSTANT.fullmatch(one.calculate)
    ]
    if worked_out:
        raise problems.NotFromAList(form=form.form_id, names=", ".join(worked_out[:3]))
    return form


def _asked(form: XForm) -> list[Question]:
    """The questions outside of repeats that a cell can answer."""

    def below(children: Sequence[Group | Question]) -> Iterator[Question]:
        for one in children:
            if isinstance(one, Group):
                yield from () if one.repeats else below(one.children)
            elif one.is_asked and one.kind not in ("binary", "trigger", "geotrace", "geoshape"):
                yield one

    return list(below(form.children))


def _must(question: Question) -> bool:
    return question.is_required and not question.relevant


def _value(finding: Finding, question: Question, people: Callable[[], People]) -> str:
    """What a cell says, as a phone would write it; notes on the row what cannot be."""
    text = finding.says(question.name).strip()
    if not text:
        if _must(question):
            finding.problem(gettext("“{question}” must be answered.").format(question=_name(question)))
        return ""
    if question.choices:
        return " ".join(_chosen(finding, question, text))
    if vocabulary.read(question.meaning)[0] in vocabulary.NAMES_SOMEBODY:
        person, trouble = people().find(text)
        if trouble or person is None:
            finding.problem(trouble)
        return str(person.uid) if person else ""
    if question.kind in ("int", "decimal"):
        return _number(finding, question, text)
    if question.kind == "date":
        return str(parsing.day(finding, question.name) or "")
    return text


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
            finding.problem(words.format(text=part, question=_name(question), offered=offered))
    return [name for name in found if name]


def _number(finding: Finding, question: Question, text: str) -> str:
    if parsing.THOUSANDS.fullmatch(text):
        finding.problem(parsing.two_readings(text))
        return ""
    value = reading.number(text)
    if value is None or (question.kind == "int" and value != round(value)):
        words = gettext("“{text}” is no number, as “{question}” asks for.")
        finding.problem(words.format(text=text, question=_name(question)))
        return ""
    if not _is_within(question, value):
        words = gettext("{text} does not fit “{question}”, which allows {rule}.")
        finding.problem(words.format(text=text, question=_name(question), rule=_rule(question)))
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


def _name(question: Question) -> str:
    return question.labels.get("en") or next(iter(question.labels.values()), question.name)


def _made(form: XForm, on: date | None) -> dict[str, str]:
    """What nobody is asked: constants, and when it was filled in where the list says so."""
    found: dict[str, str] = {}
    for one in form.questions():
        if one.calculate and (constant := CONSTANT.fullmatch(one.calculate)):
            found[one.path] = next(part for part in constant.groups() if part is not None)
        elif on is not None and one.name in ("start", "end") and one.preload:
            found[one.path] = f"{on}T12:00:00.000"
    return found


def _nested(form: XForm, given: dict[str, str]) -> dict[str, Any]:
    """Answers by path as groups within groups."""
    found: dict[str, Any] = {}
    for path, value in given.items():
        *groups, name = path.removeprefix(f"{form.root}/").split("/")
        place = found
        for group in groups:
            place = place.setdefault(group, {})
        place[name] = value
    return found


def _compare(findings: list[Finding], version: FormVersion) -> None:
    """Which rows came in before. The same sheet with other answers is corrected on its own page."""
    told = {one.facts["instance"]: one for one in findings if "instance" in one.facts}
    names = list(told)
    some = (names[start : start + 500] for start in range(0, len(names), 500))
    rows = Submission.objects.filter(programme=version.form.programme, form_id=version.form.form_id)
    there = {
        row.instance_id: row
        for row in chain.from_iterable(rows.filter(instance_id__in=part).defer("xml") for part in some)
    }
    for name, finding in told.items():
        row = there.get(name)
        finding.subject, finding.is_new = row, row is None
        if row is not None and row.sha256 != digest(finding.facts["xml"]):
            words = gettext("Sheet {number} came in before with other answers. Correct that record on its page.")
            finding.problem(words.format(number=finding.says(NUMBER)))
