"""The page of encounters that are hard to believe, beside the shares that say how far records can be trusted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mlezi.encounters import period, trust
from mlezi.encounters.doubts import KINDS, Doubt, doubts
from mlezi.encounters.views.figures import figures
from mlezi.plumbing import clock
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission


def _address(row: Doubt) -> str:
    encounter = row.encounter
    return reverse("office:encounter", args=[encounter.programme.code, encounter.pk])


def _kinds(_request: HttpRequest) -> list[tuple[str, Any]]:
    return [("", _("all")), *KINDS.items()]


def _months(_request: HttpRequest) -> list[tuple[str, str]]:
    found = [(f"{day:%Y-%m}", date_format(day, "F Y")) for day in period.months(clock.today())]
    return [("", str(_("last three months"))), *found]


FACTS = (
    Column("kind", _("Doubt"), lambda row: KINDS[row.kind], badge=True),
    Column("says", _("Why"), lambda row: row.says),
    Column("place", _("Facility"), lambda row: row.encounter.place.name if row.encounter.place else ""),
    Column("day", _("Day"), lambda row: row.encounter.held_on),
    Column("type", _("Meeting"), lambda row: worded(row.encounter.type.title) or row.encounter.type.code),
)
FILTERS = (
    Filter("kind", _("Doubt"), _kinds, lambda row, value: not value or row.kind == value),
    Filter("month", _("Month"), _months, lambda row, value: True),
)
EMPTY = _("No encounter of these months is doubtful.")
# Who led, and the way to the record, only for those who may see encounters.
NAMED = Table(
    "implausible",
    (FACTS[0], Column("says", _("Why"), lambda row: row.says, link=_address), *FACTS[2:],
     Column("lead", _("Led by"), lambda row: row.encounter.lead.name if row.encounter.lead else "")),
    FILTERS,
    empty=EMPTY,
)  # fmt: skip
NAMELESS = Table("implausible", FACTS, FILTERS, empty=EMPTY)


@needs(Permission.SEE_TRUST)
@require_safe
def page(request: Request) -> HttpResponse:
    months = period.asked(request.GET.get("month", ""), today=clock.today(request.programme.time_zone))
    found = doubts(request.scope, request.programme, start=months.start, end=months.end)
    asked = {"start": months.start, "end": months.end}
    counted = trust.shares(request.scope, request.programme, **asked)
    match = trust.sampled_match(request.scope, request.programme, **asked)
    table = NAMED if Permission.SEE_ENCOUNTERS in request.permissions else NAMELESS
    n = len({doubt.encounter.pk for doubt in found})
    return table.answer(
        request, found, "encounters/trust.html", figures=figures(request.programme, counted, match, n), months=months
    )
