"""One instrument: its questions, how it is scored, whose wording it is. Right answers are not shown here."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mlezi.instruments.queries import forms
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission
from mlezi.surveys import declared, problems
from mlezi.surveys.declared import Instrument
from mlezi.surveys.queries import items
from mlezi.surveys.queries.titles import titles_of
from mlezi.surveys.schedule import schedules


@needs(Permission.SEE_COUNTS)
@require_safe
def listing(request: Request) -> HttpResponse:
    known = declared.instruments(request.programme)
    rows = [
        {"form_id": form_id, "title": title, "instrument": known.get(form_id) or Instrument(form_id)}
        for form_id, title in sorted(titles_of(request.programme).items(), key=lambda pair: pair[1])
    ]
    return render(request, "surveys/instruments.html", {"rows": rows})


@needs(Permission.SEE_COUNTS)
@require_safe
def page(request: Request, form_id: str) -> HttpResponse:
    titles = titles_of(request.programme)
    if form_id not in titles:
        raise problems.NoSuchInstrument
    known = declared.instruments(request.programme).get(form_id) or Instrument(form_id)
    version = forms.version_of(request.programme, form_id)
    context: dict[str, Any] = {
        "instrument": known,
        "title": titles[form_id],
        "items": items.items_of(version, known),
        "scales": [(worded((known.titles or {}).get(one.code)) or one.code, one) for one in known.scales],
        "tests": [(worded((known.titles or {}).get(one.code)) or one.code, one) for one in known.tests],
        "schedules": [
            (worded(dict(one.title)) or one.code, one)
            for one in schedules(request.programme.blueprint)
            if one.form == form_id
        ],
        "version": version,
    }
    return render(request, "surveys/instrument.html", context)
