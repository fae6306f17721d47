"""An agreed action and a need, each with what was decided; deciding about them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from mlezi.goals.actions import decide as decide_action
from mlezi.office import asking, links
from mlezi.office.pictures import one
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.resources.actions import decide as decide_need


@needs(P.SEE_ACTIONS)
def action(request: Request, uid: UUID) -> HttpResponse:
    return render(request, "office/action.html", one.action(asking.everything(request), request.scope, uid))


@needs(P.SEE_NEEDS)
def need(request: Request, uid: UUID) -> HttpResponse:
    return render(request, "office/need.html", one.need(asking.everything(request), request.scope, uid))


@require_POST
@needs(P.DECIDE_ACTIONS)
def action_decided(request: Request, uid: UUID) -> HttpResponse:
    said = request.POST
    decide_action(
        action_id=uid,
        outcome=said.get("outcome", ""),
        by=request.person,
        at=clock.now(),
        scope=request.scope,
        note=said.get("note", ""),
    )
    messages.success(request, gettext("Noted. The newest word holds; nothing was overwritten."), extra_tags="good")
    return redirect(links.page("action", request.programme, uid))


@require_POST
@needs(P.DECIDE_NEEDS)
def need_decided(request: Request, uid: UUID) -> HttpResponse:
    said = request.POST
    decide_need(
        need_id=uid,
        outcome=said.get("outcome", ""),
        by=request.person,
        at=clock.now(),
        scope=request.scope,
        note=said.get("note", ""),
    )
    messages.success(request, gettext("Noted. The newest word holds; nothing was overwritten."), extra_tags="good")
    return redirect(links.page("need", request.programme, uid))
