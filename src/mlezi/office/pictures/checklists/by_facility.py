"""The newest score of each facility, what changed since the time before, and where most is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Avg, Count, Exists, FloatField, OuterRef, Prefetch, QuerySet, Subquery, UUIDField, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.competencies import checks
from mlezi.competencies.models import ItemResult
from mlezi.office import links, names
from mlezi.office.pictures.checklists.sheet import Sheet, gained, points
from mlezi.places import queries as places
from mlezi.plumbing.chart_kinds import bars
from mlezi.plumbing.charts import Chart
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.templatetags.furniture import day
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of

DRAWN = 12  # bars of a picture


def rows(sheet: Sheet) -> QuerySet[Any]:
    """The places with a record of it, each with what its newest one says: `score`, `day`, `record`, `short` (items not
    met); and all their scores of the period as `looks`, oldest first. Without a score those of the newest items."""
    here = {"place": OuterRef("pk")}
    on = "scored_on" if sheet.main else "seen_on"
    told: QuerySet[Any] = sheet.scores.filter(**here, name=sheet.main) if sheet.main else sheet.items.filter(**here)
    newest = told.order_by(f"-{on}", "-id")
    short = ItemResult.objects.filter(checks.SHORT, person=None, submission=OuterRef("record")).order_by()
    found = places.visible_to(sheet.asked.here).filter(Exists(told)).annotate(
        score=Subquery(newest.values("value")[:1]) if sheet.main else Value(None, FloatField()),
        day=Subquery(newest.values(on)[:1]),
        record=Subquery(newest.values("submission_id")[:1], output_field=UUIDField()),
        short=Subquery(short.values("submission").annotate(n=Count("pk")).values("n")),
    )  # fmt: skip
    looks = Prefetch("scores", sheet.scores.order_by("scored_on", "id"), to_attr="looks")  # of the rows shown
    return found.order_by("score", "name", "pk").prefetch_related(looks)


def table(sheet: Sheet) -> Table:
    """A facility a row; its sections stand in the file."""

    def change(row: Any) -> float | None:
        values = [one.value for one in row.looks if one.name == sheet.main]
        return values[-1] - values[-2] if len(values) > 1 else None

    scored = (
        Column("score", _("Score"), value=lambda row: row.score, show=lambda row: points(row.score), sort=("score",),
               numeric=True),
        Column("change", _("Since the time before"), value=change, show=lambda row: gained(change(row)), numeric=True),
        Column("lowest", _("Lowest section"), value=lambda row: _lowest(sheet, row)),
    ) if sheet.main else ()  # fmt: skip
    return Table(
        "checklists",
        (
            *_where(sheet),
            *scored,
            Column("short", _("Items not met"), value=lambda row: row.short or 0, sort=("short",), numeric=True),
            _seen(sheet),
            *(_in_file(sheet, name) for name in sheet.checklist.parts.sections),
        ),
        search=("name",),
        empty=_("No record of this checklist came in for these days."),
    )  # fmt: skip


def _where(sheet: Sheet) -> tuple[Column, Column]:
    return (
        Column("place", _("Facility"), value=lambda row: row.name,
               link=lambda row: links.page("facility", sheet.asked.programme, row.code), sort=("name",)),
        Column("district", _("District"), value=lambda row: row.parent.name if row.parent else "",
               sort=("parent__name",)),
    )  # fmt: skip


def _seen(sheet: Sheet) -> Column:
    """The day of a record, which opens for whoever may see encounters there. In one line, also in a narrow column."""
    opened = scope_of(sheet.asked.person, P.SEE_ENCOUNTERS, programme=sheet.asked.programme)

    def record(row: Any) -> str:
        return links.page("record", sheet.asked.programme, row.record) if places.covers(opened, row.path) else ""

    return Column("day", _("Seen on"), value=lambda row: row.day, link=record, sort=("day",),
                  show=lambda row: day(row.day).replace(" ", "\u00a0"))  # fmt: skip


def _in_file(sheet: Sheet, name: str) -> Column:
    return Column(name, sheet.section(name), value=lambda row: _told(row).get(name), numeric=True, in_page=False)


def _told(row: Any) -> dict[str, float]:
    """The scores of its newest record."""
    return {one.name: one.value for one in row.looks if one.submission_id == row.record}


def _lowest(sheet: Sheet, row: Any) -> str:
    """The section with the lowest score and that score, where there are several."""
    told = _told(row)
    known = [(told[name], name) for name in sheet.checklist.parts.sections if name in told]
    if not known or len(sheet.checklist.parts.sections) < 2:
        return ""
    value, name = min(known, key=lambda one: one[0])
    return f"{sheet.section(name)} ({points(value)})" if value < 100 else ""


def missed(sheet: Sheet, item: str) -> QuerySet[Any]:
    """The places where it was not met, with the newest record that says so: `day`, `record` and the reason given."""
    found = sheet.items.filter(checks.SHORT, place=OuterRef("pk"), item=item).order_by("-seen_on", "-id")
    return places.visible_to(sheet.asked.here).filter(Exists(found)).annotate(
        day=Subquery(found.values("seen_on")[:1]),
        record=Subquery(found.values("submission_id")[:1], output_field=UUIDField()),
        because=Subquery(found.values("because")[:1]),
    ).order_by("name", "pk")  # fmt: skip


def missed_table(sheet: Sheet) -> Table:
    reason = Column("because", _("Reason"), value=lambda row: names.because(row.because), sort=("because",))
    empty = _("No record of this checklist came in for these days.")
    return Table("checklist-item", (*_where(sheet), reason, _seen(sheet)), search=("name",), empty=empty)


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
