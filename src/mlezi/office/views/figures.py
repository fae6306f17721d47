"""Every figure opened, and the list of all figures."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from mlezi.evaluation.figures import named
from mlezi.evaluation.indicators import INDICATORS
from mlezi.office import asking, cards, targets
from mlezi.office.pictures import figure
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P

MOMENT, A_WHILE = 0.5, 1.0  # seconds: a list of very many, one figure; a process has few threads for its readers


@needs(P.SEE_COUNTS)
def page(request: Request, code: str) -> HttpResponse:
    asked = asking.about(request, request.GET.get("place", ""))
    indicator = named(code)
    by = request.GET.get("by") if request.GET.get("by") in indicator.breakdowns else None
    if not request.GET.get("format") and not asked.ahead([code], by, seconds=A_WHILE):
        return render(request, "office/figure_later.html", {"asked": asked, "title": gettext(indicator.title)})
    answer = asked.ask(code, by=by)
    part = figure.part_of(asked, answer, request.GET)
    answer = replace(answer, numbers=part) if part else answer
    goal = None if part else targets.of(asked.programme, asked.period, asked.place).get(code)
    context = figure.opened(asked, answer, request.GET) | {
        "filters": asking.filters(request, asked, figure.by_choice(answer))
    }
    context["card"] = cards.card(answer, target=goal)
    rows = figure.behind(asked, answer, request.GET.dict())
    return figure.table_of(answer).answer(request, rows, "office/figure.html", asked=asked, answer=answer, **context)


@needs(P.SEE_COUNTS)
def index(request: Request) -> HttpResponse:
    asked = asking.about(request, request.GET.get("place", ""))
    codes = tuple(one.code for one in INDICATORS)
    context = {"asked": asked, "figures": asked.cards(codes, seconds=MOMENT)}
    return render(request, "office/figures.html", context | {"filters": asking.filters(request, asked)})


@needs(P.SEE_COUNTS)
def card(request: Request, code: str) -> HttpResponse:
    """One card of the list; after a while without its number, itself again."""
    asked = asking.about(request, request.GET.get("place", ""))
    named(code)
    found = asked.cards((code,), seconds=A_WHILE)
    return render(request, "components/figure.html", {"figure": found[0]})
