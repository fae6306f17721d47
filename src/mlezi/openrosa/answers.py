"""What is said back to a phone, with the headers every OpenRosa answer carries."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.html import escape
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from mlezi.openrosa.problems import Challenge, UnknownHost
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.plumbing.problems import BadRequest, Problem
from mlezi.programmes.doors import marked

XML = "text/xml; charset=utf-8"
View = Callable[..., HttpResponseBase]


def said(message: str, *, status: int, nature: str) -> HttpResponse:
    """A short message; Collect shows it to the person, in success and in failure."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<OpenRosaResponse xmlns="http://openrosa.org/http/response">'
        f'<message nature="{escape(nature)}">{escape(message)}</message></OpenRosaResponse>'
    )
    return HttpResponse(body, content_type=XML, status=status)


def document(template: str, context: dict[str, Any]) -> HttpResponse:
    return HttpResponse(render_to_string(f"openrosa/{template}", context), content_type=XML)


def marked_json(request: HttpRequest, content: bytes, *, caching: str = "no-store") -> HttpResponseBase:
    """JSON with a mark of what it says; a 304 alone for a phone that names the mark, squeezed on its way or not."""
    etag = f'"{mark(content)}"'
    answer = HttpResponse(
        content, content_type="application/json; charset=utf-8", headers={"ETag": etag, "Cache-Control": caching}
    )
    return get_conditional_response(request, etag=etag, response=answer) or answer


def mark(content: bytes) -> str:
    """Short, and another for other bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


def problem(trouble: Problem) -> HttpResponse:
    answer = said(str(trouble), status=trouble.status, nature="submit_error")
    answer["Mlezi-Problem"] = trouble.code
    if isinstance(trouble, Challenge):
        answer["WWW-Authenticate"] = 'Basic realm="Mlezi", charset="UTF-8"'
    if trouble.status == 503:
        answer["Retry-After"] = "60"
    return answer


def refused(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """To a phone whose request Django refused before any view: at an address that is not ours, above all."""
    host = str(request.META.get("HTTP_HOST", ""))[:100]
    answer = problem(UnknownHost(host=host) if isinstance(exception, DisallowedHost) else BadRequest())
    _dress(answer)
    return answer


def phone(view: View) -> View:
    """A view of the phones' door: no session, no form token, every answer with OpenRosa's headers."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(translation.get_language() or settings.LANGUAGE_CODE):
            try:
                answer = view(request, *args, **kwargs)
            except Problem as trouble:
                answer = problem(trouble)
            _dress(answer)
        return answer

    return marked(answered, "phone")


def speak_to(person: Person) -> None:
    """Answer in the person's first language that is complete here."""
    for code in person.languages:
        if code in settings.READY_LANGUAGES:
            translation.activate(code)
            return


def _dress(answer: HttpResponseBase) -> None:
    answer["X-OpenRosa-Version"] = "1.0"
    answer["X-OpenRosa-Accept-Content-Length"] = str(settings.ACCEPT_CONTENT_LENGTH)
    answer["Date"] = http_date(clock.now().timestamp())
    answer.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
    answer.setdefault("Cache-Control", "no-store")
    answer.setdefault("Content-Security-Policy", "default-src 'none'")  # nothing to draw; each byte costs
