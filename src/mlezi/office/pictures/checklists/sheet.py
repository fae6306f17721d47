"""One checklist as somebody asks about it: its records in a part of the tree and over some days, and its words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext

from mlezi.competencies import checks
from mlezi.competencies.models import ItemResult, Score
from mlezi.instruments.queries import checklists
from mlezi.instruments.queries.checklists import Checklist
from mlezi.office import names
from mlezi.office.pictures import compare
from mlezi.office.pictures.asked import Asked
from mlezi.places.queries import is_facility
from mlezi.places.scope import Scope
from mlezi.plumbing.words import number, percent, worded


@dataclass(frozen=True)
class Sheet:
    """One checklist as asked about: its records of the period in the part of the tree."""

    asked: Asked
    checklist: Checklist

    @property
    def main(self) -> str:
        """The score a facility is known by: of the whole, else of the first section; empty without any."""
        return self.checklist.parts.whole or next(iter(self.checklist.parts.sections), "")

    @property
    def scores(self) -> QuerySet[Score]:
        return checks.scores(self.asked.here, self.checklist.pk, self.asked.period.start, self.asked.period.end)

    @property
    def items(self) -> QuerySet[ItemResult]:
        return checks.items(self.asked.here, self.checklist.pk, self.asked.period.start, self.asked.period.end)

    def section(self, name: str) -> str:
        return worded(self.checklist.parts.sections.get(name, {})) or names.plain(name)

    def item(self, code: str) -> str:
        known = self.checklist.parts.items.get(code)
        return (worded(known.labels) if known else "") or names.plain(code)

    def section_of(self, code: str) -> str:
        known = self.checklist.parts.items.get(code)
        return self.section(known.section) if known and known.section else ""


def chosen(asked: Asked, form_id: str) -> Sheet | None:
    """The checklist of that form, else the first; None where the programme has none."""
    found = checklists.of_programme(asked.programme)
    one = next((one for one in found if one.form_id == form_id), found[0] if found else None)
    return Sheet(asked, one) if one else None


def choice(asked: Asked, sheet: Sheet | None) -> list[dict[str, object]]:
    """Which checklist, for the filter bar; nothing where there is one at most."""
    found = checklists.of_programme(asked.programme)
    choices = [(one.form_id, one.title) for one in found]
    title, now = gettext("Checklist"), sheet.checklist.form_id if sheet else ""
    return [{"key": "form", "title": title, "choices": choices, "chosen": now}] if len(choices) > 1 else []


def place_choice(scope: Scope, asked: Asked) -> dict[str, object]:
    """A district, or the place that the address names: it is seen, and can be left."""
    offered = compare.district_choice(scope, asked)
    choices: list[tuple[str, str]] = list(offered["choices"])  # type: ignore[call-overload]
    if is_facility(asked.place):
        return offered | {"choices": [*choices, (asked.place.code, asked.place.name)], "chosen": asked.place.code}
    return offered


def points(value: float | None) -> str:
    return gettext("no data") if value is None else percent(value / 100)


def gained(value: float | None) -> str:
    """A change in points of a hundred, with its sign."""
    if value is None:
        return ""
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{number(abs(value), 0)}"
