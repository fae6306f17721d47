"""The overseer's screen, the districts side by side, and the facilities side by side."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from mlezi.office import asking, links
from mlezi.office.pictures import brief, compare, district, lists
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.reports.pdf import printed


@needs(P.SEE_COUNTS)
def page(request: Request, code: str) -> HttpResponse:
    asked = asking.about(request, code)
    today = asking.today_of(request)
    context = district.at_a_glance(asked, today) | lists.district(asked, today)
    return render(
        request, "office/district.html", context | {"asked": asked, "filters": asking.filters(request, asked)}
    )


@needs(P.SEE_COUNTS)
def printed_brief(request: Request, code: str) -> HttpResponse:
    """One page as PDF; the last full month unless the address names another."""
    today = asking.today_of(request)
    asked = asking.about(request, code, default=asking.last_month(today))
    name = f"mlezi-{asked.place.code}-{asked.period.key}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(printed("brief", brief.data(asked, today)), content_type="application/pdf", headers=headers)


@needs(P.SEE_COUNTS)
def index(request: Request) -> HttpResponse:
    asked = asking.about(request)
    found = compare.districts(asked)
    if len(found) == 1:
        return redirect(links.page("district", asked.programme, found[0].place.code, period=request.GET.get("period")))
    context = {"asked": asked, "filters": asking.filters(request, asked), "chart": compare.coverage(asked, found)}
    return compare.DISTRICTS.answer(request, found, "office/districts.html", **context)


@needs(P.SEE_COUNTS)
def facilities(request: Request) -> HttpResponse:
    asked = asking.about(request, request.GET.get("place", ""))
    today = asking.today_of(request)
    choice = compare.district_choice(request.scope, asked)
    context = {"asked": asked, "filters": asking.filters(request, asked, choice)}
    return compare.facility_table(today).answer(
        request, compare.facilities(asked, today), "office/facilities.html", **context
    )
