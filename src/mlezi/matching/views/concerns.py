"""What was reported in confidence, for the programme's manager alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mlezi.matching import problems
from mlezi.matching.actions import concerns as actions
from mlezi.matching.forms.mine import CONCERNS, Closing
from mlezi.matching.models import Concern
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


@needs(P.READ_CONCERNS)
@require_safe
def listing(request: Request) -> HttpResponse:
    rows = Concern.objects.filter(programme=request.programme).select_related("by", "about")
    found = [(row, CONCERNS[row.kind]) for row in rows.order_by("closed_at", "-said_at")]
    return render(request, "matching/concerns.html", {"concerns": found})


@needs(P.READ_CONCERNS)
def close(request: Request, uid: UUID) -> HttpResponse:
    found = Concern.objects.filter(programme=request.programme, uid=uid).first()
    if found is None:
        raise problems.NoSuchRound

    def do(given: dict[str, Any]) -> None:
        actions.close(concern=found, by=request.person, at=clock.now(), **given)

    words = {"title": gettext("What was done"), "submit": gettext("Close it"), "done": gettext("Closed.")}
    back = reverse("matching:concerns", args=[request.programme.code])
    return ask(request, Closing, do, back=back, up=gettext("Said in confidence"), **words)
