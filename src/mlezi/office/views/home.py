"""The start page with its tour, where each role begins, and search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mlezi.office.pictures import search, start
from mlezi.programmes.doors import Request, public, takes_part


@public
def page(request: HttpRequest) -> HttpResponse:
    person = getattr(request, "person", None)
    mine = start.programmes(person)
    if len(mine) == 1 and "tour" not in request.GET:
        return redirect("office:home", programme=mine[0].code)
    context = {"mine": mine, "tour": start.tour(person), "loading": start.loading()}
    return render(request, "office/start.html", context)


@takes_part
def home(request: Request) -> HttpResponse:
    return redirect(start.first_page(request.person, request.programme))


@takes_part
def find(request: Request) -> HttpResponse:
    found = search.found(request.person, request.programme, request.GET.get("q", ""))
    return render(request, "office/search.html", found)
