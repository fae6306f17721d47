"""A version as files: what it was made from, and what phones fetch."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from mlezi.instruments.queries import forms
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission


@needs(Permission.MANAGE_FORMS)
@require_safe
def source(request: Request, form_id: str, version: str) -> HttpResponse:
    found = forms.version_of(request.programme, form_id, version)
    return _file(bytes(found.source), found.source_name)


@needs(Permission.MANAGE_FORMS)
@require_safe
def xform(request: Request, form_id: str, version: str) -> HttpResponse:
    found = forms.version_of(request.programme, form_id, version)
    return _file(bytes(found.xml), f"{form_id}-{version}.xml")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
