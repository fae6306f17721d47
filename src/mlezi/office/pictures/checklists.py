"""Checklists at facilities: the newest score of each with its sections, and the items that are most often not met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from textwrap import shorten
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mlezi.competencies import checks
from mlezi.competencies.models import ItemResult, Rating, Score
from mlezi.formats.table import Share
from mlezi.instruments.queries import checklists
from mlezi.instruments.queries.checklists import Checklist
from mlezi.office import links, names
from mlezi.office.pictures import compare
from mlezi.office.pictures.asked import Asked
from mlezi.places import queries as places
from mlezi.places.queries import is_facility
from mlezi.places.scope import Scope
from mlezi.plumbing.chart_kinds import bars
from mlezi.plumbing.charts import Chart
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.templatetags.furniture import day
from mlezi.plumbing.words import number, percent, worded
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of

DRAWN, LETTERS = 12, 48  # bars of a picture, and letters of what stands beside one


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


def facilities(sheet: Sheet, item: str = "") -> QuerySet[Any]:
    """The places with a record of it, each with what its newest one says: `score`, `before`, `day`, `record`, `short`
    (items not met) and the score of each section as `section_0` and so on.

    `item`: only where it was not met; day and record are then of the newest that says so.
    """
    here = {"place": OuterRef("pk")}
    newest: QuerySet[Any] = (sheet.scores if sheet.main else sheet.items).filter(**here)
    on = "scored_on" if sheet.main else "seen_on"
    last = (newest.filter(name=sheet.main) if sheet.main else newest).order_by(f"-{on}", "-id")
    missed = sheet.items.filter(checks.SHORT, **here, item=item).order_by("-seen_on", "-id")
    told, day_of = (missed, "seen_on") if item else (last, on)
    short = ItemResult.objects.filter(checks.SHORT, person=None, submission=OuterRef("record")).order_by()
    found = places.visible_to(sheet.asked.here).filter(Exists(missed if item else newest)).annotate(
        score=Subquery(last.values("value")[:1]),
        before=Subquery(last.values("value")[1:2]),
        day=Subquery(told.values(day_of)[:1]),
        record=Subquery(told.values("submission_id")[:1], output_field=UUIDField()),
    )  # fmt: skip
    by_section = {
        f"section_{n}": Subquery(sheet.scores.filter(**here, name=name).order_by(f"-{on}", "-id").values("value")[:1])
        for n, name in enumerate(sheet.checklist.parts.sections)
    }
    counted = short.values("submission").annotate(n=Count("pk")).values("n")
    return found.annotate(short=Subquery(counted), **by_section).order_by("score", "name", "pk")


def table(sheet: Sheet) -> Table:
    """A facility a row; its sections stand in the file."""
    opened = scope_of(sheet.asked.person, P.SEE_ENCOUNTERS, programme=sheet.asked.programme)
    scored = (
        Column("score", _("Score"), value=lambda row: row.score, show=lambda row: points(row.score), sort=("score",),
               numeric=True),
        Column("change", _("Since the time before"), value=_change, show=lambda row: gained(_change(row)),
               numeric=True),
        Column("lowest", _("Lowest section"), value=lambda row: _lowest(sheet, row)),
    ) if sheet.main else ()  # fmt: skip
    return Table(
        "checklists",
        (
            Column("place", _("Facility"), value=lambda row: row.name,
                   link=lambda row: links.page("facility", sheet.asked.programme, row.code), sort=("name",)),
            Column("district", _("District"), value=lambda row: row.parent.name if row.parent else "",
                   sort=("parent__name",)),
            *scored,
            Column("short", _("Items not met"), value=lambda row: row.short or 0, sort=("short",), numeric=True),
            Column("day", _("Seen on"), value=lambda row: row.day, show=_seen_on, sort=("day",),
                   link=lambda row: _record(sheet, row, opened)),
            *(_in_file(sheet, n, name) for n, name in enumerate(sheet.checklist.parts.sections)),
        ),
        search=("name",),
        empty=_("No record of this checklist came in for these days."),
    )  # fmt: skip


def _seen_on(row: Any) -> str:
    """In one line, also in a narrow column."""
    return day(row.day).replace(" ", "\u00a0")


def _record(sheet: Sheet, row: Any, opened: Any) -> str:
    """Where the record opens, for whoever may see encounters there."""
    may = places.covers(opened, row.path)
    return links.page("record", sheet.asked.programme, row.record) if may and row.record else ""


def _in_file(sheet: Sheet, n: int, name: str) -> Column:
    return Column(
        name, sheet.section(name), value=lambda row: getattr(row, f"section_{n}"), numeric=True, in_page=False
    )


def _change(row: Any) -> float | None:
    return None if row.score is None or row.before is None else row.score - row.before


def _lowest(sheet: Sheet, row: Any) -> str:
    """The section with the lowest score and that score, where sections differ."""
    values = [(getattr(row, f"section_{n}"), name) for n, name in enumerate(sheet.checklist.parts.sections)]
    known = [(value, name) for value, name in values if value is not None]
    if not known or len(known) < 2:
        return ""
    value, name = min(known, key=lambda one: one[0])
    return f"{sheet.section(name)} ({points(value)})" if value < 100 else ""


def points(value: float | None) -> str:
    return gettext("no data") if value is None else percent(value / 100)


def gained(value: float | None) -> str:
    """A change in points of a hundred, with its sign."""
    if value is None:
        return ""
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{number(abs(value), 0)}"


def by_section(sheet: Sheet) -> Chart | None:
    """The mean score of each section over all records."""
    found = sheet.scores.filter(name__in=list(sheet.checklist.parts.sections)).order_by()
    means: Mapping[str, float] = dict(found.values_list("name").annotate(mean=Avg("value")))
    values = [(sheet.section(name), means[name] / 100) for name in sheet.checklist.parts.sections if name in means]
    return bars(gettext("Mean score of each section"), values, names=gettext("Section")) if values else None


def lowest(rows: QuerySet[Any]) -> Chart | None:
    """The facilities that score lowest."""
    found = [(row.name, row.score / 100) for row in rows.exclude(score=None)[:DRAWN]]
    return bars(gettext("Facilities with the lowest score"), found, names=gettext("Facility")) if found else None


def items(sheet: Sheet) -> list[dict[str, Any]]:
    """Each item that was looked at, those most often not met first."""
    rows = [
        {"item": one.item, "title": sheet.item(one.item), "section": sheet.section_of(one.item), "n": one.n,
         "short": one.short, "share": one.short / one.n, **one.because}
        for one in checks.by_item(sheet.items)
    ]  # fmt: skip
    return sorted(rows, key=lambda one: (-one["share"], -one["n"], one["title"]))


def most_missed(rows: list[dict[str, Any]]) -> Chart | None:
    """Long items are cut: the table below has all their words."""
    found: dict[str, float] = {}
    for at, one in enumerate([one for one in rows if one["short"]][:DRAWN], start=1):
        words = shorten(one["title"], LETTERS, placeholder="…")
        found[words if words not in found else f"{words} ({at})"] = one["share"]
    title = gettext("How often it was not met when looked at")
    return bars(title, list(found.items()), names=pgettext("of a checklist", "Item")) if found else None


def reasons(rows: list[dict[str, Any]]) -> Chart | None:
    """How often each reason was given for an item that was not met."""
    found = [(names.because(one).capitalize(), float(sum(row[one] for row in rows))) for one in Rating.Because.values]
    found.sort(key=lambda one: -one[1])
    title = gettext("How often each reason was given")
    return bars(title, found, kind="count", names=gettext("Reason")) if any(n for _, n in found) else None


def item_table(sheet: Sheet, now: dict[str, str]) -> Table:
    """An item a row, with how often each reason was given; it opens to the facilities where it was not met.

    `now`: what the address asks for besides.
    """
    return Table(
        "checklist-items",
        (
            Column("item", pgettext_lazy("of a checklist", "Item"), value=itemgetter("title"),
                   link=lambda row: links.page("checklists", sheet.asked.programme, **now, item=row["item"])
                   if row["short"] else ""),
            Column("section", _("Section"), value=itemgetter("section")),
            Column("n", _("Looked at"), value=itemgetter("n"), numeric=True),
            Column("short", _("Not met"), value=itemgetter("short"), numeric=True),
            Column("share", _("Share not met"), value=lambda row: Share(round(row["share"], 6)),
                   show=lambda row: percent(row["share"]), numeric=True),
            *(
                Column(one, names.because(one).capitalize(), value=itemgetter(one), numeric=True)
                for one in Rating.Because.values
            ),
        ),
        page_size=100,
        empty=_("No record of this checklist came in for these days."),
    )  # fmt: skip
