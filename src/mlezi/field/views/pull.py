"""What one phone fetches with its token, beside forms and lists."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from mlezi.field import queries, today
from mlezi.openrosa import answers, gate, taking
from mlezi.openrosa.answers import phone
from mlezi.openrosa.gate import Caller
from mlezi.plumbing import clock


@gzip_page
@phone
@require_safe
def day(request: HttpRequest, token: str) -> HttpResponseBase:
    """Who needs this person and what they carry, as JSON; nothing but a 304 when nothing changed."""
    who = _caller(request, token)
    return _json(request, today.pulled(who, clock.today(who.programme.time_zone)))


@gzip_page
@phone
@require_safe
def guidance(request: HttpRequest, token: str) -> HttpResponseBase:
    """The list of what there is to read, with sizes."""
    return _json(request, {"files": list(today.guidance(_caller(request, token).programme))})


@phone
@require_safe
def material(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    found = queries.material(_caller(request, token).programme, name)
    answer = _answer(request, bytes(found.content), found.kind, found.sha256)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"  # opened by itself it may not act as our page
    return answer


def _caller(request: HttpRequest, token: str) -> Caller:
    """Raises `TurnedAway`."""
    with taking.shielded():
        found = gate.by_token(token)
    answers.speak_to(found.person)
    with suppress(DatabaseError):  # a full disk must not keep a phone from being answered
        taking.note_contact(found, request)
    return found


def _json(request: HttpRequest, facts: object) -> HttpResponse:
    content = today.as_json(facts)
    return _answer(request, content, "application/json; charset=utf-8", hashlib.sha256(content).hexdigest())


def _answer(request: HttpRequest, content: bytes, kind: str, mark: str) -> HttpResponse:
    etag = f'"{mark[:32]}"'
    answer = HttpResponse(content, content_type=kind, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    return get_conditional_response(request, etag=etag, response=answer) or answer
