"""Districts side by side, facilities side by side, months beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.evaluation.arithmetic import Numbers
from mlezi.evaluation.indicator import Indicator, Measure
from mlezi.evaluation.indicators import BY_CODE
from mlezi.formats.table import Share
from mlezi.office import cards, links
from mlezi.office.period import Period, months_until
from mlezi.office.pictures import sites
from mlezi.office.pictures.asked import Asked
from mlezi.places import queries as places
from mlezi.places.models import Place
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
    """A district with its numbers by indicator."""

    place: Place
    programme: Programme
    numbers: dict[str, Numbers] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """What is known of facilities: indicator, or month of encounters held, → place → its numbers."""

    programme: Programme
    numbers: dict[str, Mapping[Any, Numbers]]

    def count(self, name: str, place: int) -> int | None:
        """Nothing found there is 0; None is hidden, or not counted at all here."""
        if name not in self.numbers:
            return None
        found = self.numbers[name].get(place)
        return found.n if found else 0


class Row(NamedTuple):
    """A facility, with the sheet that its numbers are looked up in: only those of rows that are shown."""

    standing: sites.Standing
    sheet: Sheet


def districts(asked: Asked) -> list[Line]:
    """The districts of the place asked about (itself, when it is one) with the figures that compare them."""
    lines = [Line(place, asked.programme) for place in places.districts(asked.here)] or [
        Line(asked.place, asked.programme)
    ]
    asked.ahead(known(), by="district")
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
        return in_file(BY_CODE[code], numbers.value)

    return value


def in_file(indicator: Indicator, value: float) -> object:
    """A figure's value as a cell of a download, the same in every table: whole counts, and shares as shares."""
    if cards.is_part(indicator):
        return Share(round(value, 6))
    return int(value) if indicator.measure is Measure.COUNT else round(value, 2)


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


def facilities(asked: Asked, today: date) -> list[Row]:
    """Every facility that takes part, with its state, its open needs and actions, and visits by month."""
    counted = {
        code: asked.ask(code, by="facility").parts for code in ("needs_open", "actions_overdue") if code in BY_CODE
    }
    held = {month.key: asked.ask("encounters_held", month, by="facility").parts for month in _months(today)}
    sheet = Sheet(asked.programme, counted | held)
    standing = sites.standings(asked.programme, asked.here, on=min(today, asked.period.last))
    return [Row(one, sheet) for one in standing]


def _months(today: date) -> list[Period]:
    """Those before the day the comparison is made."""
    return months_until(today, MONTHS) if "encounters_held" in BY_CODE else []


def facility_table(today: date) -> Table:
    """The columns of the comparison."""
    return Table(
        "facilities",
        (
            Column("place", _("Facility"), value=lambda row: row.standing.place.name,
                   link=lambda row: links.page("facility", row.sheet.programme, row.standing.place.code)),
            Column("district", _("District"), value=lambda row: row.standing.place.parent),
            Column("kind", _("Kind"), value=lambda row: row.standing.place.kind),
            Column("last", _("Last visit"), value=lambda row: row.standing.last_on,
                   show=lambda row: badge(row.standing.words, _tone(row))),
            Column("needs", _("Needs open"), value=_count("needs_open"), numeric=True),
            Column("actions", _("Actions overdue"), value=_count("actions_overdue"), numeric=True),
            *(_month_column(one) for one in _months(today)),
        ),
        search=("name",),
        empty=_("No facility takes part here yet."),
        page_size=100,
    )  # fmt: skip


def _month_column(month: Period) -> Column:
    return Column(month.key, date_format(month.start, "M"), value=_count(month.key), numeric=True)


def _tone(row: Row) -> str:
    return "" if row.standing.tone == "none" else row.standing.tone


def _count(name: str) -> Callable[[Row], object]:
    return lambda row: row.sheet.count(name, row.standing.place.pk)


def district_choice(scope: Scope, asked: Asked) -> dict[str, object]:
    rows = places.districts(scope)
    choices = [("", gettext("All")), *((row.code, row.name) for row in rows)]
    return {"key": "place", "title": gettext("District"), "choices": choices,
            "chosen": asked.place.code if asked.place.district_id == asked.place.pk else ""}  # fmt: skip
