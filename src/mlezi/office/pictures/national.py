"""The quarter against its targets, by district; as reported on a day, and what changed since."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.evaluation.indicator import Indicator, Measure
from mlezi.evaluation.indicators import BY_CODE
from mlezi.office import cards, targets
from mlezi.office.pictures.asked import Asked
from mlezi.plumbing.chart_kinds import bars
from mlezi.plumbing.charts import Chart
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.words import number, percent
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import may, scope_of
from mlezi.reports import quarter, queries
from mlezi.reports.models import LockedReport


def part(asked: Asked) -> quarter.Part:
    return quarter.Part(asked.programme, asked.place, asked.period.start, asked.period.end, asked.scope)


def page(asked: Asked, today: Any) -> dict[str, Any]:
    now = quarter.made(part(asked), targets.of(asked.programme, asked.period, asked.place))
    locked = queries.as_reported(asked.programme, asked.place, asked.period.key)
    costs_seen = scope_of(asked.person, P.SEE_COSTS, programme=asked.programme).ranges
    return {
        "figures": asked.cards(quarter.REPORTED, by="district"),
        "rows": lines(now),
        "costs": money(now) if costs_seen else [],
        "may_see_costs": bool(costs_seen),
        "chart": coverage(now),
        "locked": locked,
        "changes": changed(locked, now) if locked else [],
        "may_lock": may(asked.person, P.LOCK_REPORTS, programme=asked.programme, place=asked.place),
        "has_ended": asked.period.end <= today,
    }


def lines(content: quarter.Content) -> list[dict[str, Any]]:
    """One row a district, then the whole; a cell for each reported figure."""
    rows = [
        {"code": code, "name": name, "cells": [_cell(key, figure, code) for key, figure in content["figures"].items()]}
        for code, name in content["districts"].items()
    ]
    whole = [_cell(key, figure, "") for key, figure in content["figures"].items()]
    return [*rows, {"code": "", "name": gettext("All"), "cells": whole}]


def _cell(key: str, figure: dict[str, Any], code: str) -> dict[str, Any]:
    numbers = figure["parts"].get(code) if code else figure["whole"]
    value, goal = (numbers["value"] if numbers else None), figure["target"]
    return {
        "key": key,
        "raw": value,
        "words": gettext("hidden") if numbers and numbers["hidden"] else said(BY_CODE[key], value),
        "tone": cards.tone(BY_CODE[key], value, goal),
    }


def said(indicator: Indicator, value: float | None) -> str:
    if value is None:
        return gettext("no data")
    if indicator.measure is Measure.SHARE:
        return percent(value)
    return number(value, 0 if indicator.measure is Measure.COUNT else 1)


def coverage(content: quarter.Content) -> Chart:
    figure = content["figures"]["visit_coverage"]
    values = [(name, (figure["parts"].get(code) or {}).get("value")) for code, name in content["districts"].items()]
    title = gettext("Facilities visited of those due, by district")
    return bars(title, values, names=gettext("District"), target=figure["target"])


def money(content: quarter.Content) -> list[dict[str, Any]]:
    """Planned and spent by district and currency, with what is left."""
    rows = []
    for code, currencies in content["costs"].items():
        for currency, kinds in currencies.items():
            planned, spent = Decimal(kinds.get("planned", "0")), Decimal(kinds.get("spent", "0"))
            rows.append(
                {"name": content["districts"].get(code, gettext("Elsewhere")), "currency": currency,
                 "planned": planned, "spent": spent, "left": planned - spent}
            )  # fmt: skip
    return sorted(rows, key=lambda row: str(row["name"]))


def changed(locked: LockedReport, now: quarter.Content) -> list[dict[str, Any]]:
    """Figures that are no longer what was reported, in words."""
    districts = {**locked.content["districts"], **now["districts"]}
    return [
        {"title": gettext(BY_CODE[one.code].title) if one.code in BY_CODE else one.code,
         "place": districts.get(one.place, gettext("All")),
         "then": said(BY_CODE[one.code], one.then), "now": said(BY_CODE[one.code], one.now)}
        for one in quarter.changes(locked.content, now)
        if one.code in BY_CODE
    ]  # fmt: skip


def table() -> Table:
    """The same rows as a file: raw values, shares as numbers of 1."""
    known = [code for code in quarter.REPORTED if code in BY_CODE]
    return Table(
        "quarter",
        (
            Column("district", _("District"), value=lambda row: row["name"]),
            *(Column(code, BY_CODE[code].title, value=_raw(code), show=_words(code), numeric=True) for code in known),
        ),
        page_size=400,
        empty=_("No district lies in your part of the programme."),
    )


def _raw(code: str) -> Any:
    return lambda row: next((cell["raw"] for cell in row["cells"] if cell["key"] == code), None)


def _words(code: str) -> Any:
    return lambda row: next((cell["words"] for cell in row["cells"] if cell["key"] == code), "")
