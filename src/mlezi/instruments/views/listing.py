"""The forms of a programme, and one form with its versions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mlezi.formats.trouble import Trouble
from mlezi.instruments import importing
from mlezi.instruments.models import FormVersion
from mlezi.instruments.queries import forms
from mlezi.instruments.queries.forms import Row
from mlezi.instruments.queries.submissions import own_latest
from mlezi.plumbing import clock
from mlezi.plumbing.tables import Column, Table
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission


def _address(row: Row) -> str:
    return reverse("instruments:form", args=[row.form.programme.code, row.form.form_id])


def _state(row: Row) -> str:
    if row.form.closed_at:
        return str(_("closed"))
    return str(_("open") if row.version else _("retired"))


FORMS = Table(
    name="forms",
    columns=(
        Column("title", _("Form"), lambda row: row.title, link=_address, sort=("title",)),
        Column("id", _("Id"), lambda row: row.form.form_id),
        Column("version", _("Version"), lambda row: row.version.version if row.version else ""),
        Column("state", _("State"), _state, badge=True),
        Column(
            "languages",
            _("Languages"),
            lambda row: ", ".join(filter(None, row.version.languages if row.version else [])),
        ),
        Column("records", _("Records in 30 days"), lambda row: row.n_records, numeric=True, sort=("n_records",)),
        Column("last", _("Last received"), lambda row: row.last_at),
    ),
    empty=_("Publish a form, and phones and the web form can fill it."),
)


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
def page(request: Request) -> HttpResponse:
    rows = forms.listed(request.programme, at=clock.now())
    return FORMS.answer(
        request,
        rows,
        "instruments/forms.html",
        fillable=[row for row in rows if row.can_be_filled_here],
        manages=Permission.MANAGE_FORMS in request.permissions,
    )


def _takes_lists(version: FormVersion | None) -> bool:
    return version is not None and importing.takes_lists(version)


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
def form(request: Request, form_id: str) -> HttpResponse:
    found = forms.form_of(request.programme, form_id)
    versions = forms.versions_of(found)
    current = next((version for version in versions if not version.retired_at), None)
    context = {
        "form": found,
        "title": forms.title(found),
        "versions": versions,
        "current": current if not found.closed_at else None,
        "remarks": [Trouble.from_dict(kept) for kept in current.warnings] if current else [],
        "own": own_latest(request.programme, form_id, request.person, at=clock.now()),
        "is_of_no_kind": current is not None and not found.closed_at and forms.is_of_no_kind(current),
        "sent": "sent" in request.GET,
        "manages": Permission.MANAGE_FORMS in request.permissions,
        "takes_lists": Permission.RESOLVE_QUARANTINE in request.permissions and _takes_lists(current),
    }
    return render(request, "instruments/form.html", context)
