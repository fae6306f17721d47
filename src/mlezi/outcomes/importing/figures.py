"""Outcomes of people from a spreadsheet: one row a figure of a day, a paper, or a milestone with its due day."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.outcomes.models import Outcome
from mlezi.people.importing.lookup import People

HIGHEST = 1e12
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
COLUMNS = (
    Column("person", _("Person"), _("Name or staff number."), ("name", "staff_number", "jina", "mtu"), required=True),
    Column(
        "kind", _("Kind"), _("As steps, minutes, manuscript, milestone."), ("measure", "outcome", "aina"), required=True
    ),
    Column(
        "day", _("Day"), _("When it was measured or reached; a milestone may have none yet."), ("date", "on", "tarehe")
    ),
    Column("value", _("Value"), _("A number; leave it empty where it happened rather than counted."), ("thamani",)),
    Column("unit", _("Unit"), _("What the number counts."), ("kipimo",)),
    Column("label", _("Title"), _("Name of the milestone, title or DOI of the paper."), ("title", "doi", "milestone")),
    Column("due", _("Due"), _("The day by which a milestone should be reached."), ("due_on", "mwisho")),
)


def columns(context: Context) -> Sequence[Column]:
    return COLUMNS


def judge(findings: list[Finding], context: Context) -> None:
    if context.programme is None:
        for finding in findings:
            finding.problem(gettext("Outcomes belong to a programme. Say which."))
        return
    people = People(context.scope, context.today)
    mine = Outcome.objects.filter(programme=context.programme, submission=None)
    there = {(row.person_id, row.kind, row.on_day, row.label): row for row in mine}
    waiting = {(row.person_id, row.kind, row.label): row for row in there.values() if row.on_day is None}
    seen: dict[object, int] = {}
    units: dict[str, tuple[str, int]] = {
        kind: (unit, 0)
        for kind, unit in mine.exclude(unit="").exclude(value=None).values_list("kind", "unit").distinct()
    }
    for finding in findings:
        person, trouble = people.find(finding.says("person"))
        if trouble:
            finding.problem(trouble)
        facts = _facts(finding, context.today)
        _same_unit(finding, facts, units)
        if finding.reasons or person is None:
            continue
        key = (person.pk, facts["kind"], facts["on_day"], facts["label"])
        if key in seen:
            finding.problem(gettext("The same outcome stands in row {row}. Remove one.").format(row=seen[key]))
            continue
        seen[key] = finding.number
        # A milestone that was awaited is reached: the same row, now with its day.
        row = there.get(key) or waiting.get((person.pk, facts["kind"], facts["label"]))
        _compare(finding, row, {"person": person, **facts})


def _facts(finding: Finding, today: date) -> dict[str, Any]:
    kind = re.sub(r"\W+", "_", finding.says("kind").casefold()).strip("_")[:60]
    on, due = parsing.day(finding, "day"), parsing.day(finding, "due")
    value = parsing.decimal(finding, "value", lowest=-HIGHEST, highest=HIGHEST)
    label = finding.says("label")[:250]
    if found := DOI.fullmatch(label):
        label = found[1].rstrip(".").lower()
    if not finding.says("kind"):
        finding.problem(gettext("The row does not say what it is of. Fill in the kind."))
    if on is None and due is None and not finding.reasons:
        finding.problem(gettext("The day is missing. A milestone that is not reached yet needs the day it is due."))
    if on is not None and on > today:
        finding.problem(gettext("{day} lies ahead. Put it under Due until it has come.").format(day=on))
    if value is None and not label and not finding.reasons:
        finding.problem(gettext("The row has neither a value nor a title. Fill in one of them."))
    if value is not None and not math.isfinite(value):
        value = None
    return {
        "kind": kind, "on_day": on, "due_on": due, "value": value, "unit": finding.says("unit")[:30], "label": label,
    }  # fmt: skip


def _same_unit(finding: Finding, facts: dict[str, Any], units: dict[str, tuple[str, int]]) -> None:
    """Steps and kilometres under one name would be added up."""
    if not facts["unit"] or facts["value"] is None:
        return
    unit, row = units.setdefault(facts["kind"], (facts["unit"], finding.number))
    if unit.casefold() != facts["unit"].casefold():
        words = gettext("“{kind}” counts {unit} here and {other} in row {row}. Use one unit, or two kinds.")
        if not row:
            words = gettext("“{kind}” counts {unit} here and {other} in what came before. Use one unit, or two kinds.")
        finding.problem(words.format(kind=facts["kind"], unit=facts["unit"], other=unit, row=row))


def _compare(finding: Finding, row: Outcome | None, facts: dict[str, Any]) -> None:
    finding.facts["outcome"] = facts
    finding.subject = row
    finding.is_new = row is None
    if row is not None:
        for name in ("on_day", "due_on", "value", "unit"):
            if facts[name] not in (None, ""):
                finding.differs(name, getattr(row, name), facts[name])


def write(findings: list[Finding], context: Context) -> None:
    for finding in context.watch(findings):
        facts, row = finding.facts["outcome"], finding.subject
        if row is None:
            finding.make(Outcome(programme=context.programme, **facts))
        else:
            told = {name: facts[name] for name in finding.differences if name in facts}
            finding.change(row, **told)


PART = kinds.Part(columns, judge, write)
