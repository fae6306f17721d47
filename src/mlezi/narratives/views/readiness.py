"""What is known to help, and what of it this programme has."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mlezi.narratives import readiness as known
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


@needs(P.SEE_COUNTS)
@require_safe
def readiness(request: Request) -> HttpResponse:
    there = known.in_place(request.programme.blueprint.get("readiness", ()))
    names = {code.path: worded(code.title) for code in known.constructs()}
    rows = [(one, one.code in there, names[one.construct]) for one in known.FACILITATORS]
    page = {"rows": rows, "n_missing": sum(not has for _, has, _ in rows)}
    return render(request, "narratives/readiness.html", page)
