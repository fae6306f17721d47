"""Publish a form in two steps, look first; retire versions and close forms."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mlezi.formats.trouble import Trouble
from mlezi.instruments import filling, media, problems
from mlezi.instruments.actions import publishing
from mlezi.instruments.checking.clients import clients_of
from mlezi.instruments.forms import Confirm, Upload
from mlezi.instruments.outline.sheet import sheet
from mlezi.instruments.queries import forms
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission


@needs(Permission.MANAGE_FORMS)
@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    asked = Upload(request.POST or None, request.FILES or None)
    if not asked.is_valid():
        return render(request, "instruments/publish.html", {"asked": asked})
    file = asked.cleaned_data["file"]
    return preview(request, file.read(), file.name)


def preview(request: Request, source: bytes, name: str) -> HttpResponse:
    """What would be published, with every remark; or what to mend first."""
    try:
        prepared = publishing.prepare(source=source, name=name)
    except problems.FormNotReady as problem:
        return _not_ready(request, problem.troubles, name)
    form = prepared.made.form
    context = {
        "made": prepared.made,
        "ready": prepared.is_ready,
        "must": [trouble for trouble in prepared.troubles if trouble.blocks],
        "remarks": [trouble for trouble in prepared.troubles if not trouble.blocks],
        "clients": clients_of(form),
        "lists": [name for name in form.files if media.offered(name)],
        "lacking": [name for name in form.files if not media.offered(name)],
        "sheet": sheet(form, copies=1),
        "trial": filling.trial(made=prepared.made, programme=request.programme, person=request.person),
        "confirm": Confirm(initial={"name": name, "source": base64.b64encode(source).decode()}),
    }
    return render(request, "instruments/preview.html", context)


@needs(Permission.MANAGE_FORMS)
@require_POST
def confirm(request: Request) -> HttpResponse:
    asked = Confirm(request.POST, request.FILES)
    if not asked.is_valid():
        return render(request, "instruments/publish.html", {"asked": Upload(), "lost": True})
    name = asked.cleaned_data["name"]
    try:
        done = publishing.publish(
            programme=request.programme,
            source=asked.cleaned_data["source"],
            name=name,
            by=request.person,
            at=clock.now(),
            files=asked.attached(),
        )
    except problems.FormNotReady as problem:
        return _not_ready(request, problem.troubles, name)
    said = _("Published. Phones get it when they next ask.") if done.is_new else _("This was published before.")
    messages.success(request, said)
    return redirect("instruments:form", request.programme.code, done.version.form.form_id)


@needs(Permission.MANAGE_FORMS)
@require_POST
def retire(request: Request, form_id: str, version: str) -> HttpResponse:
    found = forms.version_of(request.programme, form_id, version)
    publishing.retire(version=found, by=request.person, at=clock.now())
    messages.success(request, _("Retired. Records that phones still hold will be taken in."))
    return redirect("instruments:form", request.programme.code, form_id)


@needs(Permission.MANAGE_FORMS)
@require_POST
def close(request: Request, form_id: str) -> HttpResponse:
    form = forms.form_of(request.programme, form_id)
    turn = publishing.reopen if form.closed_at else publishing.close
    turn(form=form, by=request.person, at=clock.now())
    return redirect("instruments:form", request.programme.code, form_id)


def _not_ready(request: Request, troubles: tuple[Trouble, ...], name: str) -> HttpResponse:
    context = {"asked": Upload(), "must": troubles, "name": name}
    return render(request, "instruments/publish.html", context, status=422)
