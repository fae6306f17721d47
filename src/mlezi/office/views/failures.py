"""What the worker could not do, for whoever keeps the installation running: try again, or set aside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.audit import actions
from mlezi.office.pictures import failures
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


@needs(P.MANAGE_PROGRAMME)
@require_safe
def page(request: Request) -> HttpResponse:
    rows = failures.of(request.programme, request.scope)
    context = {"rows": rows, "figures": failures.state(clock.now(), rows)}
    return render(request, "office/failures.html", context)


@needs(P.MANAGE_PROGRAMME)
@require_POST
def decide(request: Request) -> HttpResponse:
    mine = {str(row["id"]): row["id"] for row in failures.of(request.programme, request.scope)}
    chosen = [mine[text] for text in request.POST.getlist("event") if text in mine]
    by, at = request.person, clock.now()
    if request.POST.get("wish") == "set_aside":
        n = actions.set_aside(event_ids=chosen, note=request.POST.get("note", ""), by=by, at=at)
        said = ngettext("{n} was set aside; it stays in the record.", "{n} were set aside; they stay in the record.", n)
    else:
        n = actions.try_again(event_ids=chosen, by=by, at=at)
        said = ngettext("{n} is tried again now.", "{n} are tried again now.", n)
    messages.success(request, said.format(n=n) if n else gettext("Nothing that was given up was chosen."))
    return redirect("office:failures", request.programme.code)
