"""Screens of people who do the work: mentor, mentee, coordinator; and lists of what is open."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mlezi.office import asking
from mlezi.office.pictures import desk, due, mentee, mentor, reminders, tables
from mlezi.programmes.doors import Request, needs, takes_part
from mlezi.programmes.permissions import Permission as P


@takes_part
def mine(request: Request) -> HttpResponse:
    asked = asking.oneself(request)
    return render(request, "office/mine.html", mentor.page(asked, asking.today_of(request)) | {"asked": asked})


@takes_part
def me(request: Request) -> HttpResponse:
    asked = asking.oneself(request)
    return render(request, "office/me.html", mentee.page(asked, asking.today_of(request)) | {"asked": asked})


@takes_part
def card(request: Request) -> HttpResponse:
    asked = asking.oneself(request)
    return render(request, "office/card.html", mentee.page(asked, asking.today_of(request)) | {"asked": asked})


@needs(P.MANAGE_PEOPLE)
def desk_page(request: Request) -> HttpResponse:
    asked = asking.about(request)
    return render(request, "office/desk.html", desk.page(asked, asking.today_of(request)) | {"asked": asked})


@needs(P.MANAGE_PEOPLE)
def due_list(request: Request) -> HttpResponse:
    asked = asking.about(request)
    lines = reminders.due(asked, asking.today_of(request))
    if request.GET.get("format") == "txt":
        return HttpResponse(due.text(lines), content_type="text/plain; charset=utf-8")
    return due.TABLE.answer(request, lines, "office/due.html", asked=asked, lines=lines)


@needs(P.SEE_ACTIONS)
def actions(request: Request) -> HttpResponse:
    today = asking.today_of(request)
    place = request.GET.get("place", "")
    rows = tables.actions_of(request.programme, request.scope, place)
    table = tables.action_table(request.programme, today, tables.place_filter(request.scope, place))
    return table.answer(request, rows, "office/actions.html")


@needs(P.SEE_NEEDS)
def needs_list(request: Request) -> HttpResponse:
    place = request.GET.get("place", "")
    rows = tables.needs_of(request.programme, request.scope, place)
    table = tables.need_table(request.programme, tables.place_filter(request.scope, place))
    return table.answer(request, rows, "office/needs.html")


@needs(P.SEE_ENCOUNTERS)
def encounters(request: Request) -> HttpResponse:
    place = request.GET.get("place", "")
    rows = tables.encounters_of(request.programme, request.scope, place)
    table = tables.encounter_table(request.programme, tables.place_filter(request.scope, place))
    return table.answer(request, rows, "office/encounters.html")
