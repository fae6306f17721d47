"""Taking a project elsewhere, and bringing one in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mlezi.formats import qdpx
from mlezi.narratives import exchanging, reasons
from mlezi.narratives.actions import highlighting, importing
from mlezi.narratives.forms.exchange import BringProject
from mlezi.narratives.views.asked import reader
from mlezi.plumbing import clock
from mlezi.plumbing.problems import Problem
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


@needs(P.KEEP_TEXTS)
def exchange(request: Request) -> HttpResponse:
    """The form, and after it what came in and what could not."""
    form = BringProject(request.POST or None, request.FILES or None)
    taken = None
    if request.method == "POST" and form.is_valid():
        try:
            taken = _take(request, form.cleaned_data["file"])
        except Problem as problem:
            form.add_error(None, str(problem))
    n_texts = reader(request).sources().filter(released_at__isnull=False).count()
    page = {"form": form, "taken": taken, "remarks": _said(taken), "n_texts": n_texts, "losses": _losses(request)}
    return render(request, "narratives/exchange.html", page, status=400 if form.errors else 200)


def _take(request: Request, file: Any) -> importing.Taken:
    do = importing.project if file.name.lower().endswith(".qdpx") else highlighting.highlights
    return do(programme=request.programme, content=file.read(), name=file.name, by=request.person, at=clock.now())


def _said(taken: importing.Taken | None) -> list[tuple[str, str, int]]:
    """Remarks in words: the same about several places is said once, with how many."""
    found: dict[tuple[str, str], int] = {}
    for code, where, facts in taken.remarks if taken else ():
        named = {"where": reasons.PARTS.get(where, where), **facts}
        key = (str(reasons.REMARKS.get(code, code)).format_map(named), where)
        found[key] = found.get(key, 0) + 1
    return [(words, where, n) for (words, where), n in found.items()]


def _losses(request: Request) -> list[tuple[str, int]]:
    """What another program will not find in the project, with how many."""
    return [(str(reasons.LOSSES[name]), n) for name, n in exchanging.lost(reader(request)) if n]


@needs(P.KEEP_TEXTS)
@require_safe
def download(request: Request) -> HttpResponse:
    """Every released text with its codings, as a project other programs read."""
    by = reader(request)
    rows = by.sources().filter(released_at__isnull=False).defer(None).order_by("label", "pk")
    made = exchanging.project_of(by, rows, request.programme.code)
    disposition = f'attachment; filename="{request.programme.code}.qdpx"'
    return HttpResponse(qdpx.write_project(made), content_type=qdpx.QDPX_TYPE,
                        headers={"Content-Disposition": disposition})  # fmt: skip
