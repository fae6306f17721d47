"""Districts side by side, facilities side by side, months beside each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.evaluation.arithmetic import Numbers
from mlezi.evaluation.indicators import BY_CODE
from mlezi.office import cards, links
from mlezi.office.period import Period, months_until
from mlezi.office.pictures import sites
from mlezi.office.pictures.asked import Asked
from mlezi.places.models import Place
from mlezi.places.queries import visible_to
from mlezi.places.scope import Scope
from mlezi.plumbing.chart_kinds import bars
from mlezi.plumbing.charts import Chart
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.words import badge
from mlezi.programmes.models import Programme

SIDE_BY_SIDE = ("visit_coverage", "overdue_facilities", "dose_hours", "at_level", "needs_open", "actions_overdue")
MONTHS = 6


@dataclass
class Line:
    """One place with its numbers by indicator (and by month, for facilities)."""

    place: Place
    programme: Programme
    numbers: dict[str, Numbers] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    standing: sites.Standing | None = None


def districts(asked: Asked) -> list[Line]:
    """The districts of the place asked about (itself, when it is one) with the figures that compare them."""
    inside = visible_to(asked.here).filter(level__code="district").order_by("name")
    lines = [Line(place, asked.programme) for place in inside] or [Line(asked.place, asked.programme)]
    for code in known():
        parts = asked.ask(code, by="district").parts
        for line in lines:
            if line.place.pk in parts:
                line.numbers[code] = parts[line.place.pk]
    return lines


def known() -> list[str]:
    return [code for code in SIDE_BY_SIDE if code in BY_CODE]


def _value(code: str) -> Callable[[Line], object]:
    def value(line: Line) -> object:
        numbers = line.numbers.get(code)
        if numbers is None or numbers.value is None:
            return gettext("hidden") if numbers and numbers.is_hidden else None
        return round(numbers.value * 100, 1) if cards.is_part(BY_CODE[code]) else round(numbers.value, 2)

    return value


def _show(code: str) -> Callable[[Line], object]:
    def show(line: Line) -> object:
        numbers = line.numbers.get(code)
        return cards.shown(BY_CODE[code], numbers) if numbers else gettext("no data")

    return show


DISTRICTS = Table(
    "districts",
    (
        Column("place", _("District"), value=lambda line: line.place.name,
               link=lambda line: links.page("district", line.programme, line.place.code)),
        *(
            Column(code, _(BY_CODE[code].title), value=_value(code), show=_show(code), numeric=True)
            for code in SIDE_BY_SIDE if code in BY_CODE
        ),
    ),
    sort="place",
    empty=_("No district lies in your part of the programme."),
)  # fmt: skip


def coverage(asked: Asked, lines: list[Line]) -> Chart:
    shares = [(line.place.name, line.numbers.get("visit_coverage")) for line in lines]
    values = [(name, numbers.value if numbers else None) for name, numbers in shares]
    return bars(gettext("Facilities visited of those due"), values, names=gettext("District"))


def facilities(asked: Asked, today: date) -> list[Line]:
    """Every facility that takes part, with its state, its open needs and actions, and visits by month."""
    standing = sites.standings(asked.programme, asked.here, on=min(today, asked.period.last))
    lines = {one.place.pk: Line(one.place, asked.programme, standing=one) for one in standing}
    for code in ("needs_open", "actions_overdue"):
        if code in BY_CODE:
            _spread(lines, code, asked.ask(code, by="facility").parts)
    if "encounters_held" in BY_CODE:
        for month in months_until(today, MONTHS):
            for pk, numbers in asked.ask("encounters_held", month, by="facility").parts.items():
                if pk in lines:
                    lines[pk].months[month.key] = numbers.n or 0
    return list(lines.values())


def _spread(lines: dict[int, Line], code: str, parts: Any) -> None:
    for pk, numbers in parts.items():
        if pk in lines:
            lines[pk].numbers[code] = numbers


def facility_table(today: date) -> Table:
    """The columns of the comparison; the months are those before the day it is made."""
    months = months_until(today, MONTHS) if "encounters_held" in BY_CODE else []
    return Table(
        "facilities",
        (
            Column("place", _("Facility"), value=lambda line: line.place.name,
                   link=lambda line: links.page("facility", line.programme, line.place.code)),
            Column("district", _("District"), value=lambda line: line.place.parent.name if line.place.parent else ""),
            Column("kind", _("Kind"), value=lambda line: line.place.kind),
            Column("last", _("Last visit"), value=lambda line: line.standing.last_on if line.standing else None,
                   show=lambda line: badge(line.standing.words, _tone(line)) if line.standing else None),
            Column("needs", _("Needs open"), value=lambda line: _count(line, "needs_open"), numeric=True),
            Column("actions", _("Actions overdue"), value=lambda line: _count(line, "actions_overdue"), numeric=True),
            *(_month_column(month) for month in months),
        ),
        search=("name",),
        empty=_("No facility takes part here yet."),
        page_size=100,
    )  # fmt: skip


def _month_column(month: Period) -> Column:
    title = date_format(month.start, "M")
    return Column(month.key, title, value=lambda line: line.months.get(month.key, 0), numeric=True)


def _tone(line: Line) -> str:
    tone = line.standing.tone if line.standing else ""
    return "" if tone == "none" else tone


def _count(line: Line, code: str) -> int | None:
    numbers = line.numbers.get(code)
    return numbers.n if numbers else 0 if code in BY_CODE else None


def district_choice(scope: Scope, asked: Asked) -> dict[str, object]:
    rows = visible_to(scope).filter(level__code="district").order_by("name")
    choices = [("", gettext("All")), *((row.code, row.name) for row in rows)]
    return {"key": "place", "title": gettext("District"), "choices": choices,
            "chosen": asked.place.code if asked.place.level.code == "district" else ""}  # fmt: skip
