"""How often each item was looked at and not met, and the reasons given."""

from __future__ import annotations

from operator import itemgetter
from textwrap import shorten
from typing import Any

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mlezi.competencies import checks
from mlezi.competencies.models import Rating
from mlezi.formats.table import Share
from mlezi.office import links, names
from mlezi.office.pictures.checklists.sheet import Sheet
from mlezi.plumbing.chart_kinds import bars
from mlezi.plumbing.charts import Chart
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.words import percent

DRAWN, LETTERS = 12, 48  # bars of a picture, and letters of what stands beside one


def rows(sheet: Sheet) -> list[dict[str, Any]]:
    """Each item that was looked at, those most often not met first."""
    found = [
        {"item": one.item, "title": sheet.item(one.item), "section": sheet.section_of(one.item), "n": one.n,
         "short": one.short, "share": one.short / one.n, **one.because}
        for one in checks.by_item(sheet.items)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one["share"], -one["n"], one["title"]))


def most_missed(found: list[dict[str, Any]]) -> Chart | None:
    """Long items are cut: the table below has all their words."""
    shares: dict[str, float] = {}
    for at, one in enumerate([one for one in found if one["short"]][:DRAWN], start=1):
        words = shorten(one["title"], LETTERS, placeholder="…")
        shares[words if words not in shares else f"{words} ({at})"] = one["share"]
    title = gettext("How often it was not met when looked at")
    return bars(title, list(shares.items()), names=pgettext("of a checklist", "Item")) if shares else None


def reasons(found: list[dict[str, Any]]) -> Chart | None:
    """How often each reason was given for an item that was not met."""
    given = [(names.because(one).capitalize(), float(sum(row[one] for row in found))) for one in Rating.Because.values]
    given.sort(key=lambda one: -one[1])
    title = gettext("How often each reason was given")
    return bars(title, given, kind="count", names=gettext("Reason")) if any(n for _, n in given) else None


def table(sheet: Sheet, now: dict[str, str]) -> Table:
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
