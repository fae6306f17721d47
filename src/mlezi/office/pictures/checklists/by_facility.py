"""The newest score of each facility, what changed since the time before, and where most is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.competencies import checks
from mlezi.competencies.models import ItemResult
from mlezi.office import links
from mlezi.office.pictures.checklists.sheet import Sheet, gained, points
from mlezi.places import queries as places
from mlezi.plumbing.chart_kinds import bars
from mlezi.plumbing.charts import Chart
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.templatetags.furniture import day
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of

DRAWN = 12  # bars of a picture


def rows(sheet: Sheet, item: str = "") -> QuerySet[Any]:
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


def sections(sheet: Sheet) -> Chart | None:
    """The mean score of each section over all records."""
    found = sheet.scores.filter(name__in=list(sheet.checklist.parts.sections)).order_by()
    means: Mapping[str, float] = dict(found.values_list("name").annotate(mean=Avg("value")))
    values = [(sheet.section(name), means[name] / 100) for name in sheet.checklist.parts.sections if name in means]
    return bars(gettext("Mean score of each section"), values, names=gettext("Section")) if values else None


def lowest(found: QuerySet[Any]) -> Chart | None:
    """The facilities that score lowest."""
    values = [(row.name, row.score / 100) for row in found.exclude(score=None)[:DRAWN]]
    return bars(gettext("Facilities with the lowest score"), values, names=gettext("Facility")) if values else None
