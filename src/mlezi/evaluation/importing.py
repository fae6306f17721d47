"""Facility figures by month from a spreadsheet: one row a figure, or one column a measure.

What is known of a facility from elsewhere (clients, deliveries, outcomes) stands beside the mentoring it
received. Nothing is mixed in, and nothing is said to be caused by it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.evaluation.models import SiteFigure
from mlezi.places.lookup import Places

COLUMNS = (
    Column("code", _("Facility code"), _("Ours or another system's."), ("place_code", "facility_code", "kituo_msimbo")),
    Column("name", _("Facility"), _("Where the code is not known."), ("place", "facility", "kituo")),
    Column("inside", _("District"), _("Where names repeat."), ("district", "wilaya", "council")),
    Column("month", _("Month"), _("As 2026-03, or any day of it."), ("period", "mwezi"), required=True),
    Column("measure", _("Measure"), _("What is counted, as deliveries."), ("indicator", "kipimo")),
    Column("value", _("Value"), _("A number; leave it empty where nothing was reported."), ("thamani", "count")),
)
HIGHEST = 1e12


def columns(context: Context) -> Sequence[Column]:
    """Besides a measure in each row, one column for each measure the programme knows or the sender names."""
    if context.programme is None:
        return COLUMNS
    told = [str(measure) for measure in context.options.get("measures") or []]
    known = SiteFigure.objects.filter(programme=context.programme).values_list("measure", flat=True).distinct()
    wide = (
        Column(f"of:{name}", name.replace("_", " "), also=(name,)) for name in dict.fromkeys([*told, *sorted(known)])
    )
    return (*COLUMNS, *wide)


def judge(findings: list[Finding], context: Context) -> None:
    if context.programme is None:
        for finding in findings:
            finding.problem(gettext("Facility figures belong to a programme. Say which."))
        return
    places = Places(context.scope)
    there = {
        (row.place_id, row.month, row.measure): row for row in SiteFigure.objects.filter(programme=context.programme)
    }
    seen: dict[tuple[int, date, str], int] = {}
    for finding in findings:
        month, values = _month(finding), _values(finding)
        if month is not None and month > context.today:
            finding.problem(gettext("The month {month} has not begun yet.").format(month=f"{month:%Y-%m}"))
        place, trouble = places.find(
            code=finding.says("code"), name=finding.says("name"), inside=finding.says("inside")
        )
        if trouble:
            finding.problem(trouble)
        if finding.reasons or place is None or month is None:
            continue
        finding.subject, finding.facts["place"] = place, place.pk
        finding.facts["figures"] = found = []
        for measure, value in values.items():
            key = (place.pk, month, measure)
            if key in seen:
                finding.problem(
                    gettext("{measure} of this month stands in row {row} too. Remove one.").format(
                        measure=measure, row=seen[key]
                    )
                )
            seen[key] = finding.number
            found.append((there.get(key), month, measure, value))
        _compare(finding)


def _compare(finding: Finding) -> None:
    """New when one of its figures is; otherwise changed where a value differs."""
    finding.is_new = any(row is None for row, *_ in finding.facts["figures"])
    for row, _month, measure, value in finding.facts["figures"]:
        if row is not None:
            finding.differs(measure, row.value, value)


def _month(finding: Finding) -> date | None:
    text = finding.says("month")
    short = re.fullmatch(r"(\d{4})[-/]?(0[1-9]|1[0-2])", text)
    if short and int(short[1]) < parsing.EARLIEST:
        finding.problem(parsing.too_early(text))
        return None
    if short:
        return date(int(short[1]), int(short[2]), 1)
    if not text:
        finding.problem(gettext("The month is missing. Write it as 2026-03."))
        return None
    day = parsing.day(finding, "month")
    return day.replace(day=1) if day else None


def _values(finding: Finding) -> dict[str, float]:
    """Measure → value, of the columns this row fills. An empty cell is not 0: it says nothing."""
    found = {}
    measure = re.sub(r"\W+", "_", finding.says("measure").casefold()).strip("_")[:60]
    if finding.says("value") and not measure:
        finding.problem(gettext("The row has a value but says not of what. Fill in the measure."))
    cells = {measure: "value"} if measure else {}
    cells |= {key.removeprefix("of:"): key for key in finding.given if key.startswith("of:")}
    for name, key in cells.items():
        value = parsing.decimal(finding, key, lowest=0, highest=HIGHEST)
        if value is not None and math.isfinite(value):
            found[name] = value
    if not found and not finding.reasons:
        finding.problem(gettext("The row has no value. Leave out what was not reported."))
    return found


def write(findings: list[Finding], context: Context) -> None:
    for finding in findings:
        for row, month, measure, value in finding.facts["figures"]:
            if row is None:
                new = SiteFigure(programme=context.programme, place_id=finding.facts["place"], month=month)
                new.measure, new.value = measure, value
                finding.make(new)
            elif row.value != value:
                finding.change(row, value=value)


PART = kinds.Part(columns, judge, write)


def register() -> None:
    kinds.register("outcomes", _("Facility figures by month"), "figures", PART)
