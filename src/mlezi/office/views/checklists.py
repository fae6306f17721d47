"""What checklists found: facility by facility, and item by item."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from mlezi.office import asking, links
from mlezi.office.pictures.checklists import by_facility, by_item, sheet
from mlezi.office.pictures.checklists.sheet import Sheet
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P

YEAR = "365d"  # a facility is checked a few times a year


@needs(P.SEE_PLACES)
def page(request: Request) -> HttpResponse:
    one, context = _asked(request)
    if one is None:
        return render(request, "office/checklists.html", context)
    if item := request.GET.get("item", ""):
        found = by_facility.missed(one, item)
        context["missed"] = one.item(item)
        return by_facility.missed_table(one).answer(request, found, "office/checklists.html", **context)
    rows = by_facility.rows(one)
    charts = [
        (gettext("Section by section"), by_facility.sections(one)),
        (gettext("Where most is missing"), by_facility.lowest(rows)),
    ]
    return by_facility.table(one).answer(request, rows, "office/checklists.html", charts=charts, **context)


@needs(P.SEE_PLACES)
def items(request: Request) -> HttpResponse:
    one, context = _asked(request)
    if one is None:
        return render(request, "office/checklists.html", context)
    rows = by_item.rows(one)
    charts = [
        (gettext("What is missing most"), by_item.most_missed(rows)),
        (gettext("Why"), by_item.reasons(rows)),
    ]
    return by_item.table(one, _now(request)).answer(
        request, rows, "office/checklists.html", charts=charts, by_item=True, **context
    )


def _asked(request: Request) -> tuple[Sheet | None, dict[str, object]]:
    asked = asking.about(request, request.GET.get("place", ""), default=YEAR)
    one = sheet.chosen(asked, request.GET.get("form", ""))
    choices = [*sheet.choice(asked, one), sheet.place_choice(request.scope, asked)]
    now = _now(request)
    context: dict[str, object] = {
        "asked": asked,
        "sheet": one,
        "filters": asking.filters(request, asked, *choices),
        "by_facility": links.page("checklists", asked.programme, **now),
        "items": links.page("checklist_items", asked.programme, **now),
    }
    return one, context


def _now(request: Request) -> dict[str, str]:
    """What the address asks for, to be kept from one page to the other."""
    return {key: request.GET[key] for key in ("form", "place", "period") if request.GET.get(key)}
