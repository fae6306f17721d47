"""The quarter against its targets, by region and district; as reported on a day, and what changed since."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.evaluation.indicator import Indicator, Measure
from mlezi.evaluation.indicators import BY_CODE
from mlezi.office import cards, targets
from mlezi.office.pictures import compare
from mlezi.office.pictures.asked import Asked
from mlezi.places.models import Place
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
    asked.ahead(quarter.REPORTED, by="district", seconds=0)  # they are counted while money is added up
    now = quarter.made(part(asked), targets.of(asked.programme, asked.period, asked.place))
    locked = queries.as_reported(asked.programme, asked.place, asked.period.key)
    costs_seen = scope_of(asked.person, P.SEE_COSTS, programme=asked.programme).ranges
    return {
        "figures": asked.cards(quarter.REPORTED, by="district"),
        "rows": lines(locked.content if locked else now, now, around(asked.place)),
        "costs": money(locked.content if locked else now) if costs_seen else [],
        "may_see_costs": bool(costs_seen),
        "chart": coverage(now),
        "locked": locked,
        "changes": changed(locked, now) if locked else [],
        "cost_changes": money_changed(locked, now) if locked and costs_seen else [],
        "may_lock": may(asked.person, P.LOCK_REPORTS, programme=asked.programme, place=asked.place),
        "has_ended": asked.period.end <= today,
    }


def around(place: Place) -> str:
    """The region that a report of it, or of a part of it, lies in; empty for one of several regions."""
    if place.region_id is None:
        return ""
    return Place.objects.filter(pk=place.region_id).values_list("name", flat=True).first() or ""


def lines(content: quarter.Content, now: quarter.Content, inside_of: str = "") -> list[dict[str, Any]]:
    """Each region with its districts below it, then the whole; a cell for each reported figure.

    `inside_of` names the region of districts when the content, a part of that region, tells of none. `now` is what
    the records say today: where it differs from a locked content, the cell says both.
    """
    regions, above = content.get("regions", {}), content.get("region_of", {})
    rows = []
    for region, title in {**regions, "": ""}.items():
        inside = {code: name for code, name in content["districts"].items() if above.get(code, "") == region}
        if region:
            rows.append(_line(content, now, region, region=title))
        rows += [_line(content, now, code, region=title or inside_of, district=name) for code, name in inside.items()]
    return [*rows, _line(content, now, "", region=gettext("All"))]


def _line(
    content: quarter.Content, now: quarter.Content, code: str, *, region: str, district: str = ""
) -> dict[str, Any]:
    cells = []
    for key, figure in content["figures"].items():
        if key in BY_CODE:
            cells.append(_cell(key, figure, now["figures"].get(key, figure), code))
    return {"code": code, "region": region, "district": district, "is_sum": not district, "cells": cells}


def _cell(key: str, figure: dict[str, Any], later: dict[str, Any], code: str) -> dict[str, Any]:
    numbers, today = (one["parts"].get(code) if code else one["whole"] for one in (figure, later))
    value, goal = (numbers["value"] if numbers else None), figure["target"]
    words = _words(key, numbers)
    words_now = words if today is numbers else _words(key, today)
    return {"key": key, "raw": _in_file(key, numbers), "words": words, "now": words_now if words_now != words else "",
            "tone": cards.tone(BY_CODE[key], value, goal)}  # fmt: skip


def _in_file(key: str, numbers: dict[str, Any] | None) -> object:
    """A cell of the download: like the page it tells what is hidden from what nobody knows."""
    if numbers is None or numbers["hidden"] or numbers["value"] is None:
        return gettext("hidden") if numbers and numbers["hidden"] else None
    return compare.in_file(BY_CODE[key], numbers["value"])


def _words(key: str, numbers: dict[str, Any] | None) -> str:
    if numbers and numbers["hidden"]:
        return gettext("hidden")
    return said(BY_CODE[key], numbers["value"] if numbers else None)


def said(indicator: Indicator, value: float | None) -> str:
    if value is None:
        return gettext("no data")
    if cards.is_part(indicator):
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
    names = _names(locked, now)
    return [
        {"title": gettext(BY_CODE[one.code].title) if one.code in BY_CODE else one.code,
         "place": names.get(one.place, gettext("All")),
         "then": said(BY_CODE[one.code], one.then), "now": said(BY_CODE[one.code], one.now)}
        for one in quarter.changes(locked.content, now)
        if one.code in BY_CODE
    ]  # fmt: skip


def money_changed(locked: LockedReport, now: quarter.Content) -> list[dict[str, Any]]:
    """Costs that are no longer what was reported."""
    titles, names = {"planned": gettext("Planned"), "spent": gettext("Spent")}, _names(locked, now)
    return [
        {"title": titles[one.kind], "place": names.get(one.place, gettext("Elsewhere")), "currency": one.currency,
         "then": Decimal(one.then), "now": Decimal(one.now)}
        for one in quarter.cost_changes(locked.content, now)
    ]  # fmt: skip


def _names(locked: LockedReport, now: quarter.Content) -> dict[str, str]:
    both = (locked.content, now)
    return {code: name for one in both for code, name in {**one.get("regions", {}), **one["districts"]}.items()}


def table() -> Table:
    """The same rows as a file, where a sum has no district."""
    known = [code for code in quarter.REPORTED if code in BY_CODE]
    return Table(
        "quarter",
        (
            Column("district", _("District"), value=lambda row: row["district"], show=_place),
            Column("region", _("Region"), value=lambda row: row["region"], show=_region),
            *(
                Column(code, _(BY_CODE[code].title), value=_raw(code), show=_shown(code), numeric=True)
                for code in known
            ),
        ),
        page_size=400,
        empty=_("No district lies in your part of the programme."),
    )


def _raw(code: str) -> Any:
    return lambda row: next((cell["raw"] for cell in row["cells"] if cell["key"] == code), None)


def _place(row: dict[str, Any]) -> Any:
    """A sum stands under its own name: on a phone the first cell is the heading of its row."""
    return format_html("<b>{}</b>", row["region"]) if row["is_sum"] else row["district"]


def _region(row: dict[str, Any]) -> Any:
    return "" if row["is_sum"] else row["region"]


def _shown(code: str) -> Any:
    """The words of a cell; what a locked report says first, what the records say today below it."""

    def show(row: dict[str, Any]) -> Any:
        cell = next((cell for cell in row["cells"] if cell["key"] == code), None)
        if cell is None:
            return ""
        words = format_html("<b>{}</b>", cell["words"]) if row["is_sum"] else cell["words"]
        if not cell["now"]:
            return words
        return format_html(
            '{}<br><small class="soft">{}</small>', words, gettext("now {value}").format(value=cell["now"])
        )

    return show
