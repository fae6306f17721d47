"""What could not be taken: the list, one request whole, and what a person decides about it."""

from __future__ import annotations

from contextlib import closing
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.instruments import problems, reasons
from mlezi.instruments.actions import resolving
from mlezi.instruments.arrivals import Raw
from mlezi.instruments.masking import apart, for_the_office
from mlezi.instruments.models import Quarantined
from mlezi.instruments.queries import quarantine
from mlezi.instruments.unpacking import Body
from mlezi.plumbing import clock
from mlezi.plumbing.problems import NotFound, Problem
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission

SHOWN = 20_000  # characters of a record on the page; the whole is a download
NOTHING_LEFT = Body(None, Raw(ContentFile(b"")))
OUTCOMES = {
    Quarantined.Outcome.OPEN: _("waits"),
    Quarantined.Outcome.TAKEN_IN: _("taken in"),
    Quarantined.Outcome.SET_ASIDE: _("set aside"),
}


def _outcomes(_request: HttpRequest) -> list[tuple[str, Any]]:
    return [*OUTCOMES.items(), ("all", _("all"))]


def _address(row: Quarantined) -> str:
    assert row.programme
    return reverse("instruments:quarantined", args=[row.programme.code, row.pk])


KEPT = Table(
    name="quarantine",
    columns=(
        Column("reason", _("Why"), lambda row: reasons.title(row.reason), link=_address, sort=("reason",)),
        Column("received", _("Received"), lambda row: row.received_at, sort=("received_at",)),
        Column("sender", _("From"), lambda row: row.sender.name if row.sender else "", sort=("sender__name",)),
        Column("form", _("Form"), lambda row: row.form_id, sort=("form_id",)),
        Column("times", _("Times sent"), lambda row: row.n_times, numeric=True, sort=("n_times",)),
        Column("size", _("Bytes"), lambda row: row.size, numeric=True, sort=("size",)),
        Column("outcome", _("State"), lambda row: OUTCOMES[row.outcome], badge=True, sort=("outcome",)),
    ),
    filters=(
        Filter(
            "outcome",
            _("State"),
            _outcomes,
            lambda rows, value: rows if value == "all" else rows.filter(outcome=value),
            default="open",
        ),
    ),
    search=("sender__name", "form_id", "instance_id", "reason"),
    sort="-received",
    empty=_("Everything that arrived could be read."),
)


@needs(Permission.RESOLVE_QUARANTINE)
@require_safe
def page(request: Request) -> HttpResponse:
    rows = quarantine.kept(request.programme, request.scope).select_related("programme")
    n_parked = quarantine.parked(request.programme, request.scope).filter(state="parked").count()
    return KEPT.answer(request, rows, "instruments/quarantine.html", n_parked=n_parked)


@needs(Permission.RESOLVE_QUARANTINE)
@require_safe
def one(request: Request, uid: UUID) -> HttpResponse:
    row = _found(request, uid)
    body = _unpacked(request, row)
    rival = quarantine.rival(row)
    text, is_masked = for_the_office(body.xml or b"", request.programme, row.form_id)
    return render(
        request,
        "instruments/quarantined.html",
        {
            "row": row,
            "reason": reasons.reason(row.reason),
            "state": OUTCOMES[Quarantined.Outcome(row.outcome)],
            "text": text[:SHOWN],
            "is_masked": is_masked,
            "files": body.files,
            "rival": rival,
            "differences": apart(bytes(rival.xml), body.xml, request.programme, row.form_id)
            if rival and body.xml
            else [],
            "versions": quarantine.versions(request.programme),
        },
    )


@needs(Permission.RESOLVE_QUARANTINE)
@require_safe
def content(request: Request, uid: UUID) -> HttpResponseBase:
    """The body as it came, byte for byte, as a download and never as a page; masked when a pair's words are in it."""
    row = _found(request, uid)
    with closing(resolving.opened(row)) as file:
        body = resolving.unpacked(row, file)
    text, is_masked = for_the_office(body.xml or b"", request.programme, row.form_id)
    if is_masked:
        name = {"Content-Disposition": f'attachment; filename="{row.pk}-masked.xml"'}
        return HttpResponse(text.encode(), content_type="application/octet-stream", headers=name)
    return FileResponse(
        resolving.opened(row), as_attachment=True, filename=f"{row.pk}.bin", content_type="application/octet-stream"
    )


@needs(Permission.RESOLVE_QUARANTINE)
@require_POST
def decide(request: Request, uid: UUID) -> HttpResponse:
    row = _found(request, uid)
    try:
        messages.success(request, str(_decide(request, row)))
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("instruments:quarantined", request.programme.code, uid)
    return redirect("instruments:quarantine", request.programme.code)


def _decide(request: Request, row: Quarantined) -> Any:
    asked, by, at = request.POST, request.person, clock.now()
    wish = asked.get("wish")
    if wish == "set_aside":
        resolving.set_aside(kept=row, note=asked.get("note", ""), by=by, at=at)
        return _("Set aside. It can be found here under “set aside”.")
    if wish == "reopen":
        resolving.reopen(kept=row, by=by, at=at)
        return _("It waits for a decision again.")
    number = asked.get("version", "")
    version = quarantine.versions(request.programme).filter(pk=number).first() if number.isdecimal() else None
    copy = request.FILES.get("corrected")
    receipt = resolving.take_in(
        kept=row,
        version=version,
        as_correction=wish == "correct",
        corrected=copy.read() if copy else None,
        note=asked.get("note", ""),
        by=by,
        at=at,
    )
    return receipt.message


def _unpacked(request: Request, row: Quarantined) -> Body:
    """What it holds. When its bytes are gone the page says so, and it can still be set aside."""
    try:
        with closing(resolving.opened(row)) as file:
            return resolving.unpacked(row, file)
    except problems.FileGone as gone:
        messages.error(request, str(gone))
        return NOTHING_LEFT


def _found(request: Request, uid: UUID) -> Quarantined:
    row = quarantine.kept(request.programme, request.scope).filter(pk=uid).first()
    if row is None:
        raise NotFound
    return row
