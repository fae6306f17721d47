"""Records that are kept and wait: for a version of their form, or because deriving them failed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.instruments import reasons
from mlezi.instruments.actions import parking
from mlezi.instruments.masking import for_the_office
from mlezi.instruments.models import Submission
from mlezi.instruments.queries import quarantine
from mlezi.instruments.queries.submissions import missing_files
from mlezi.plumbing import clock
from mlezi.plumbing.problems import NotFound, Problem
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission

SHOWN = 20_000
STATES = {Submission.State.PARKED: _("waits"), Submission.State.SET_ASIDE: _("set aside")}


def _states(_request: HttpRequest) -> list[tuple[str, Any]]:
    return list(STATES.items())


def _address(row: Submission) -> str:
    return reverse("instruments:parked_one", args=[row.programme.code, row.pk])


PARKED = Table(
    name="parked",
    columns=(
        Column("trouble", _("Why"), lambda row: reasons.title(row.trouble), link=_address),
        Column("received", _("Received"), lambda row: row.received_at, sort=("received_at",)),
        Column("sender", _("From"), lambda row: row.sender.name if row.sender else "", sort=("sender__name",)),
        Column("form", _("Form"), lambda row: row.form_id, sort=("form_id",)),
        Column("version", _("Version"), lambda row: row.version, sort=("version",)),
        Column("state", _("State"), lambda row: STATES[row.state], badge=True),
    ),
    filters=(Filter("state", _("State"), _states, lambda rows, v: rows.filter(state=v), default="parked"),),
    search=("sender__name", "form_id", "instance_id"),
    sort="-received",
    empty=_("Every record that was kept could be read."),
)


@needs(Permission.RESOLVE_QUARANTINE)
@require_safe
def page(request: Request) -> HttpResponse:
    rows = quarantine.parked(request.programme, request.scope).select_related("programme")
    return PARKED.answer(request, rows, "instruments/parked.html")


@needs(Permission.RESOLVE_QUARANTINE)
@require_safe
def one(request: Request, uid: UUID) -> HttpResponse:
    row = _found(request, uid)
    text, is_masked = for_the_office(bytes(row.xml), row.programme, row.form_id, row.form_version)
    return render(
        request,
        "instruments/parked_one.html",
        {
            "row": row,
            "reason": reasons.REASONS.get(row.trouble),
            "state": STATES[Submission.State(row.state)],
            "text": text[:SHOWN],
            "is_masked": is_masked,
            "files": row.attachments.order_by("name"),
            "missing": missing_files(row),
            "versions": quarantine.versions(request.programme).filter(form__form_id=row.form_id),
        },
    )


@needs(Permission.RESOLVE_QUARANTINE)
@require_safe
def content(request: Request, uid: UUID) -> HttpResponse:
    """The record as it came, byte for byte; the masked text when it holds what stays with a pair."""
    row = _found(request, uid)
    text, is_masked = for_the_office(bytes(row.xml), row.programme, row.form_id, row.form_version)
    name = {"Content-Disposition": f'attachment; filename="{row.pk}{"-masked" if is_masked else ""}.xml"'}
    kept = text.encode() if is_masked else bytes(row.xml)
    return HttpResponse(kept, content_type="application/octet-stream", headers=name)


@needs(Permission.RESOLVE_QUARANTINE)
@require_POST
def decide(request: Request, uid: UUID) -> HttpResponse:
    row = _found(request, uid)
    try:
        messages.success(request, str(_decide(request, row)))
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("instruments:parked_one", request.programme.code, uid)
    return redirect("instruments:parked", request.programme.code)


def _decide(request: Request, row: Submission) -> Any:
    asked, by, at = request.POST, request.person, clock.now()
    if asked.get("wish") == "set_aside":
        parking.ignore(submission=row, note=asked.get("note", ""), by=by, at=at)
        return _("Set aside. It can be found here under “set aside”.")
    number = asked.get("version", "")
    version = quarantine.versions(request.programme).filter(pk=number).first() if number.isdecimal() else None
    if version:
        parking.read_as(submission=row, version=version, by=by, at=at)
        return _("The record is read as version {version} now.").format(version=version.version)
    parking.try_again(submission=row, by=by, at=at)
    return _("The record is being read again.")


def _found(request: Request, uid: UUID) -> Submission:
    row = quarantine.parked(request.programme, request.scope).filter(pk=uid).first()
    if row is None:
        raise NotFound
    return row
