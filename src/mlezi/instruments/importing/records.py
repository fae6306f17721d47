"""Filled-in questionnaires from a spreadsheet: one row a respondent, one column a question.

For answers that came on paper or through another tool. Every row goes through the door that phones use; nothing of a
form is worked out here, so a form that calculates what its answers mean is refused. What tells one meeting from the
next is no meaning: it is made here as a phone would make it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.formats.record_writing import Blank
from mlezi.formats.xform import Group, Question, XForm
from mlezi.instruments import problems, vocabulary
from mlezi.instruments.actions import parking, receiving
from mlezi.instruments.importing import cells, earlier
from mlezi.instruments.models import FormVersion, Submission
from mlezi.instruments.queries import forms
from mlezi.people.models import Person

MOST_SHOWN = 8  # choices beside a column
ANSWERED, NUMBER, WRITER = "answered_on", "row_number", "filled_in_by"
OF_A_DAY = Column(ANSWERED, _("Answered on"), _("The day it was filled in."), ("date", "day", "tarehe"))
OF_A_SHEET = Column(
    NUMBER,
    _("Number of the sheet"),
    _("Tells two sheets with the same answers apart, and a sheet that came in before."),
    ("number", "sheet", "sheet_number", "namba"),
)
OF_A_MEETING = Column(
    WRITER, _("Filled in by"), _("Who held the meeting: name or staff number."), ("mentor", "coach", "lead", "mlezi")
)
CONSTANT = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?))\s*""")
NEW_ID = re.compile(r"\s*(?:once\(\s*uuid\(\)\s*\)|uuid\(\))\s*")


def columns(context: Context) -> Sequence[Column]:
    """A column for every question that a cell can answer, under its name or its words in any language."""
    form = _form(context)
    asked = _asked(form)
    words = Counter(label for one in asked for label in set(one.labels.values()))
    found = [
        Column(
            one.name,
            cells.title(one),
            " · ".join(cells.title(choice) for choice in one.choices[:MOST_SHOWN]),
            also=tuple(label for label in one.labels.values() if words[label] == 1),
            required=cells.is_needed(one),
        )
        for one in asked
    ]
    taken = {one.key for one in found}
    return [*found, *(one for one in _beside(form) if one.key not in taken)]


def _beside(form: XForm) -> Iterator[Column]:
    """What a sheet says beside its answers; its day only where the form keeps when it was closed."""
    if any(one.name == "end" and one.preload for one in form.questions()):
        yield OF_A_DAY
    yield OF_A_SHEET
    if _is_of_a_meeting(form):
        yield OF_A_MEETING


def judge(findings: list[Finding], context: Context) -> None:
    version, form = _version(context), _form(context)
    asked, lists = _asked(form), cells.Lists(context)
    seen = Counter[str]()
    for finding in findings:
        given = {one.path: value for one in asked if (value := cells.said(finding, one, lists))}
        on = parsing.day(finding, ANSWERED)
        if on is not None and on > context.today:
            finding.problem(gettext("{day} lies ahead. Answers cannot come from there.").format(day=on))
        if writer := finding.says(WRITER):
            finding.facts["sender"] = cells.person(finding, writer, lists)
        if not given and not finding.reasons:
            finding.problem(gettext("The row answers nothing."))
        if finding.reasons:
            continue
        key = finding.says(NUMBER) or repr(sorted(given.items())) + str(on)
        seen[key] += 1
        if finding.says(NUMBER) and seen[key] > 1:
            finding.problem(gettext("Sheet {number} stands here twice. Remove one.").format(number=key))
            continue
        finding.facts |= {"given": given, "on": on, "sheet": f"{key}/{seen[key]}"}
    _records([one for one in findings if "sheet" in one.facts], version, form)


def _records(findings: Sequence[Finding], version: FormVersion, form: XForm) -> None:
    """The record of each row, under the id that the same sheet has in every list; and whether it is here."""
    blank, zone = Blank(bytes(version.xml)), ZoneInfo(version.form.programme.time_zone)

    def record(finding: Finding, instance: str) -> bytes:
        made = _made(form, finding.facts["on"], instance, zone)
        return blank.filled(_nested(form, {**finding.facts["given"], **made}), instance_id=instance)

    def named(finding: Finding, again: int) -> str:
        sheet = finding.facts["sheet"] + (f"/again {again}" if again else "")
        return f"uuid:{uuid5(NAMESPACE_URL, f'{version.form.programme.uid}/{version.form.form_id}/{sheet}')}"

    for finding, found in earlier.settle(findings, version, named=named, record=record):
        finding.facts |= {"xml": found.xml, "again": found.row if found.is_to_reopen else None}
        finding.subject, finding.is_new = found.row, found.row is None or found.is_to_reopen
        if found.differs:
            words = gettext("Sheet {number} came in before with other answers. Correct that record on its page.")
            finding.problem(words.format(number=finding.says(NUMBER)))


def write(findings: list[Finding], context: Context) -> None:
    """Keep the records. One that was taken back before, byte for byte the same, counts again."""
    senders = {one.uid: one for one in Person.objects.filter(uid__in=_senders(findings))}
    for finding in context.watch(findings):
        row: Submission | None = finding.facts["again"]
        if row is not None:
            parking.try_again(submission=row, by=context.by, at=context.at)
        else:
            sender = finding.facts.get("sender")
            receipt = receiving.receive(
                programme=context.programme,
                xml=finding.facts["xml"],
                sender=senders[UUID(sender)] if sender else None,
                source=Submission.Source.FILE,
                at=context.at,
            )
            row = receipt.submission
        if row is not None:
            finding.made.append((Submission._meta.label, str(row.pk)))


def _senders(findings: Sequence[Finding]) -> set[UUID]:
    return {UUID(one.facts["sender"]) for one in findings if one.facts.get("sender")}


def takes_lists(version: FormVersion) -> bool:
    """Whether rows of a list can become records of this version."""
    return not _worked_out(forms.read(version))


def _version(context: Context) -> FormVersion:
    return forms.version_of(context.programme, str(context.options.get("form_id", "")))


def _form(context: Context) -> XForm:
    """Raises `NoSuchForm`, and `NotFromAList` when a calculation says what the answers mean."""
    form = forms.read(_version(context))
    if worked_out := _worked_out(form):
        raise problems.NotFromAList(form=form.form_id, names=", ".join(worked_out[:3]))
    return form


def _worked_out(form: XForm) -> list[str]:
    return [
        one.name
        for one in form.questions()
        if one.calculate and vocabulary.read(one.meaning)[0] and not (CONSTANT.fullmatch(one.calculate) or _is_id(one))
    ]


def _is_id(question: Question) -> bool:
    return question.meaning == "encounter" and bool(NEW_ID.fullmatch(question.calculate))


def _is_of_a_meeting(form: XForm) -> bool:
    meanings = {one.meaning for one in form.questions()}
    return "encounter" in meanings and "encounter.lead" not in meanings


def _asked(form: XForm) -> list[Question]:
    """The questions outside of repeats that a cell can answer."""

    def below(children: Sequence[Group | Question]) -> Iterator[Question]:
        for one in children:
            if isinstance(one, Group):
                yield from () if one.repeats else below(one.children)
            elif one.is_asked and one.kind not in ("binary", "trigger", "geotrace", "geoshape"):
                yield one

    return list(below(form.children))


def _made(form: XForm, on: date | None, instance: str, zone: ZoneInfo) -> dict[str, str]:
    """What nobody is asked: constants, when it was filled in where the list says so, which meeting it was."""
    found: dict[str, str] = {}
    for one in form.questions():
        if one.calculate and (constant := CONSTANT.fullmatch(one.calculate)):
            found[one.path] = next(part for part in constant.groups() if part is not None)
        elif _is_id(one):
            found[one.path] = str(uuid5(NAMESPACE_URL, f"{instance}/{one.path}"))
        elif on is not None and one.name in ("start", "end") and one.preload:
            found[one.path] = datetime.combine(on, time(12), zone).isoformat(timespec="milliseconds")
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
