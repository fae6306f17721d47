"""The national officer's quarter, and locking it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from mlezi.office import asking, links, targets
from mlezi.office.pictures import national
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.reports import queries
from mlezi.reports.actions import lock


@needs(P.SEE_COUNTS)
def page(request: Request) -> HttpResponse:
    today = asking.today_of(request)
    asked = asking.about(request, request.GET.get("place", ""), default=asking.last_quarter(today))
    context = national.page(asked, today)
    filters = asking.filters(request, asked, only="Q")
    return national.table().answer(
        request, context.pop("rows"), "office/national.html", asked=asked, filters=filters, **context
    )


@require_POST
@needs(P.LOCK_REPORTS)
def locked(request: Request) -> HttpResponse:
    asked = asking.about(request, request.GET.get("place", ""), default="none")
    goals = targets.of(asked.programme, asked.period, asked.place)
    lock(part=national.part(asked), period=asked.period.key, goals=goals, by=request.person, at=clock.now(),
         note=request.POST.get("note", ""))  # fmt: skip
    messages.success(request, gettext("Locked as it is now. Later records will show as changes."), extra_tags="good")
    return redirect(links.page("national", request.programme, place=asked.place.code, period=asked.period.key))


@needs(P.SEE_COUNTS)
def reports(request: Request) -> HttpResponse:
    return render(request, "office/reports.html", {"reports": queries.visible_to(request.scope)})
