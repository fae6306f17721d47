"""The page that shows every part of the visual language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mlezi.office.pictures import styleguide
from mlezi.programmes.doors import public


@public
def page(request: HttpRequest) -> HttpResponse:
    steps = [{"on": level <= 3, "pass": level == 3} for level in range(1, 5)]
    filters = [
        {"key": "district", "title": "District", "choices": [("", "All"), ("nya", "Nyamagana")], "chosen": "nya"},
        {"key": "month", "title": "Month", "choices": [("2026-03", "March 2026")], "chosen": "2026-03"},
    ]
    context = {
        "figures": styleguide.figures(), "charts": styleguide.charts(), "map": styleguide.drawing(),
        "steps": steps, "filters": filters,
    }  # fmt: skip
    return render(request, "office/styleguide.html", context)
