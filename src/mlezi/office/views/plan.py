"""The month's visit plan: by need, changed by the coordinator, as calendar and with its costs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.encounters.actions import planning
from mlezi.encounters.models import PlannedEncounter
from mlezi.exchange.calendars import written
from mlezi.methods.planning.month import working_days
from mlezi.office import actions, asking, links, planned
from mlezi.office.pictures import compare, costs, plan, routes
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.resources.actions import note_spending
from mlezi.resources.queries import rates


@needs(P.PLAN_VISITS)
def page(request: Request) -> HttpResponse:
    asked = planned.month(request)
    choice = compare.district_choice(request.scope, asked)
    context = plan.page(asked, asking.today_of(request), is_all="all" in request.GET) | {"asked": asked}
    context["filters"] = [choice, planned.months(asked, asking.today_of(request))]
    return render(request, "office/plan.html", context)


@require_POST
@needs(P.PLAN_VISITS)
def fill(request: Request) -> HttpResponse:
    asked, today = planned.month(request), asking.today_of(request)
    made = actions.fill_month(
        programme=asked.programme, wanted=plan.wanted(asked, today), made=plan.plans(asked, today), by=request.person,
        days=working_days(max(asked.period.start, today), plan.month_end(asked)), at=clock.now(),
    )  # fmt: skip
    said = ngettext("{n} visit planned.", "{n} visits planned.", len(made)).format(n=len(made))
    messages.success(request, said, extra_tags="good")
    return _back(request)


@require_POST
@needs(P.PLAN_VISITS)
def add(request: Request, code: str) -> HttpResponse:
    asked, today = planned.month(request), asking.today_of(request)
    want = planned.one_wanted(asked, code, request.POST.get("mentor", ""), today)
    on = planned.day(request.POST.get("day", ""))
    made = actions.one_visit(programme=asked.programme, want=want, on=on, by=request.person, at=clock.now())
    return _back(request, gettext("{place}: a visit is planned for {day}."), made)


@require_POST
@needs(P.PLAN_VISITS)
def change(request: Request, uid: UUID) -> HttpResponse:
    asked, said = planned.month(request), request.POST.get("mentor", "")
    one, on = planned.plan_of(request.scope, uid), planned.day(request.POST.get("day", ""))
    now = one.lead
    lead = now if now and str(now.pk) == said else planned.mentor(asked, said, asking.today_of(request))
    moved = actions.move_visit(one, on=on, lead=lead, by=request.person, at=clock.now(), scope=request.scope)
    return _back(request, gettext("{place}: the visit is now on {day}, by {mentor}."), moved)


@require_POST
@needs(P.PLAN_VISITS)
def cancel(request: Request, uid: UUID) -> HttpResponse:
    today = asking.today_of(request)
    because = request.POST.get("because", "") or "planning"
    one = planning.cancel(uid=uid, because=because, by=request.person, at=clock.now(), on=today, scope=request.scope)
    said = gettext("{place}: the visit of {day} is cancelled. It can be planned again below, under facilities by need.")
    return _back(request, said, one)


@needs(P.PLAN_VISITS)
def calendar(request: Request) -> HttpResponse:
    asked = planned.month(request)
    rows = [one for one in plan.plans(asked, asking.today_of(request)) if one.cancelled_on is None]
    content = written(rows, name=f"{asked.place.name}, {asked.period.title}", at=clock.now())
    headers = {"Content-Disposition": f'attachment; filename="visits-{asked.place.code}-{asked.period.key}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@needs(P.PLAN_VISITS)
@require_safe
def driven(request: Request) -> HttpResponse:
    asked, today = planned.month(request), asking.today_of(request)
    given = routes.numbers(request.GET)
    found = routes.answer(routes.of_plans(plan.plans(asked, today)), given, request.GET.get("base", ""))
    filters = [compare.district_choice(request.scope, asked), planned.months(asked, today)]
    questions = [(one, given[one.key]) for one in routes.QUESTIONS]
    context = {"asked": asked, "filters": filters, "questions": questions, "found": found}
    return render(request, "office/routes.html", context)


@needs(P.SEE_COSTS)
def costed(request: Request) -> HttpResponse:
    asked, today = planned.month(request), asking.today_of(request)
    found = costs.rows(asked, today)
    filters = [compare.district_choice(request.scope, asked), planned.months(asked, today)]
    table = costs.table(list(rates(asked.programme, on=asked.period.start)))
    context = {
        "asked": asked,
        "filters": filters,
        "summary": costs.summary(found),
        "may_spend": P.PLAN_VISITS in request.permissions,
    }
    return table.answer(request, found, "office/costs.html", visits=found, **context)


@require_POST
@needs(P.PLAN_VISITS)
def spend(request: Request, uid: UUID) -> HttpResponse:
    one = planned.plan_of(request.scope, uid)
    currency = one.currency or next((rate.currency for rate in rates(request.programme, on=one.planned_on)), "TZS")
    note_spending(
        programme=request.programme, place=one.place, amount=request.POST.get("amount", ""), by=request.person,
        currency=currency, on=one.planned_on, at=clock.now(), encounter_uid=one.uid,
    )  # fmt: skip
    return redirect(f"{links.page('costs', request.programme)}?{request.GET.urlencode()}")


def _back(request: Request, said: str = "", one: PlannedEncounter | None = None) -> HttpResponse:
    """To the plan as it was looked at, saying what became of the visit: its row may stand elsewhere now."""
    if one is not None:
        mentor = one.lead.name if one.lead else gettext("nobody yet")
        words = said.format(place=one.place.name, day=date_format(one.planned_on, "j M Y"), mentor=mentor)
        messages.success(request, words, extra_tags="good")
    return redirect(f"{links.page('plan', request.programme)}?{request.GET.urlencode()}")
