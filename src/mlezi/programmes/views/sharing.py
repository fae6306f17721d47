"""A person's own page about whom they let see their ratings and coaching."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mlezi.plumbing import clock
from mlezi.plumbing.problems import NotFound
from mlezi.programmes.actions import shares
from mlezi.programmes.doors import Request, takes_part
from mlezi.programmes.forms.sharing import WORDS, Sharing
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import sharing


@takes_part
def page(request: Request) -> HttpResponse:
    receivers = sharing.could_receive(request.person, request.programme)
    form = Sharing(request.POST or None, receivers=receivers)
    if request.method == "POST" and form.is_valid():
        shares.give(person=request.person, programme=request.programme, at=clock.now(), **form.cleaned_data)
        return redirect("programmes:shares", request.programme.code)
    given = sharing.given_by(request.person, request.programme)
    rows = [{"share": share, "what": WORDS[Permission[share.permission]]} for share in given]
    return render(request, "programmes/shares.html", {"form": form, "rows": rows})


@takes_part
@require_POST
def withdraw(request: Request, share: int) -> HttpResponse:
    found = sharing.given_by(request.person, request.programme).filter(pk=share).first()
    if found is None:
        raise NotFound
    shares.withdraw(share=found, by=request.person, at=clock.now())
    return redirect("programmes:shares", request.programme.code)
