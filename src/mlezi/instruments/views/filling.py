"""Fill a form in a browser, or correct a record that was sent."""

from __future__ import annotations

import mimetypes
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from mlezi.instruments import filling, problems, store
from mlezi.instruments.models import FormVersion, Submission
from mlezi.instruments.queries import forms
from mlezi.instruments.queries.submissions import own_record
from mlezi.plumbing.problems import NotFound
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
@ensure_csrf_cookie
def new(request: Request, form_id: str) -> HttpResponse:
    version = forms.version_of(request.programme, form_id)
    if version.form.closed_at or version.retired_at:
        raise problems.NotOffered(form=forms.title(version.form))
    client = Submission.Source.PAPER if request.GET.get("from") == "paper" else Submission.Source.WEB
    return _page(request, version, client, None)


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
@ensure_csrf_cookie
def edit(request: Request, record: UUID) -> HttpResponse:
    found = _own(request, record)
    if found.form_version is None:
        raise NotFound
    return _page(request, found.form_version, Submission.Source.WEB, found)


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
def record(request: Request, record: UUID) -> HttpResponse:
    return HttpResponse(bytes(_own(request, record).xml), content_type="text/xml; charset=utf-8")


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
def record_file(request: Request, record: UUID, name: str) -> StreamingHttpResponse:
    found = _own(request, record).attachments.filter(name=name).first()
    if found is None:
        raise NotFound
    kind = mimetypes.guess_type(name)[0] or ""
    safe = kind if kind.startswith(("image/", "audio/")) and "svg" not in kind else "application/octet-stream"
    return StreamingHttpResponse(store.pieces(found.key), content_type=safe)


def _own(request: Request, record: UUID) -> Submission:
    others = scope_of(request.person, Permission.SEE_SUBMISSIONS, programme=request.programme)
    return own_record(request.programme, request.person, record, others=others)


def _page(request: Request, version: FormVersion, client: str, corrects: Submission | None) -> HttpResponse:
    context = {
        "version": version,
        "form": version.form,
        "title": forms.title(version.form),
        "can_fill": "field" in version.clients,
        "is_paper": client == Submission.Source.PAPER,
        "corrects": corrects,
        "config": filling.config(version=version, person=request.person, client=client, corrects=corrects),
    }
    return render(request, "instruments/fill.html", context)
