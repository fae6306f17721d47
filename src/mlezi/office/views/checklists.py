"""What checklists found: facility by facility, and item by item."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from mlezi.office import asking, links
from mlezi.office.pictures import checklists
from mlezi.office.pictures.checklists import Sheet
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P

YEAR = "365d"  # a facility is checked a few times a year


@needs(P.SEE_PLACES)
def page(request: Request) -> HttpResponse:
    sheet, context = _asked(request)
    if sheet is None:
        return render(request, "office/checklists.html", context)
    item = request.GET.get("item", "")
    if item:
        context["missed"] = sheet.item(item)
    rows = checklists.facilities(sheet, item)
    charts = (
        []
        if item
        else [
            (gettext("Section by section"), checklists.by_section(sheet)),
            (gettext("Where most is missing"), checklists.lowest(rows)),
        ]
    )
    return checklists.table(sheet).answer(request, rows, "office/checklists.html", charts=charts, **context)


@needs(P.SEE_PLACES)
def items(request: Request) -> HttpResponse:
    sheet, context = _asked(request)
    if sheet is None:
        return render(request, "office/checklists.html", context)
    rows = checklists.items(sheet)
    charts = [
        (gettext("What is missing most"), checklists.most_missed(rows)),
        (gettext("Why"), checklists.reasons(rows)),
    ]
    return checklists.item_table(sheet, _now(request)).answer(
        request, rows, "office/checklists.html", charts=charts, by_item=True, **context
    )


def _asked(request: Request) -> tuple[Sheet | None, dict[str, object]]:
    asked = asking.about(request, request.GET.get("place", ""), default=YEAR)
    sheet = checklists.chosen(asked, request.GET.get("form", ""))
    choices = [*checklists.choice(asked, sheet), checklists.place_choice(request.scope, asked)]
    now = _now(request)
    context: dict[str, object] = {
        "asked": asked,
        "sheet": sheet,
        "filters": asking.filters(request, asked, *choices),
        "by_facility": links.page("checklists", asked.programme, **now),
        "items": links.page("checklist_items", asked.programme, **now),
    }
    return sheet, context


def _now(request: Request) -> dict[str, str]:
    """What the address asks for, to be kept from one page to the other."""
    return {key: request.GET[key] for key in ("form", "place", "period") if request.GET.get(key)}
