"""A form on paper, for places without any device; typed in later, marked as such."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from mlezi.instruments.outline.sheet import COPIES, sheet
from mlezi.instruments.queries import forms
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
def page(request: Request, form_id: str) -> HttpResponse:
    version = forms.version_of(request.programme, form_id)
    rows = request.GET.get("rows", "")
    made = sheet(
        forms.read(version),
        languages=request.GET.getlist("language"),
        copies=min(int(rows), 30) if rows.isascii() and rows.isdigit() and int(rows) else COPIES,
    )
    with translation.override(made.spoken):
        title = forms.title(version.form)
    context = {"version": version, "form": version.form, "title": title, "sheet": made}
    return render(request, "instruments/paper.html", context)
