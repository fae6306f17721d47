"""The app's own files, the same for everybody: who somebody is, the phone knows, not this address."""

from __future__ import annotations

import hashlib

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from mlezi.field import shell
from mlezi.plumbing.problems import NotFound
from mlezi.programmes.doors import public

# No nonce: the page is kept on the phone, and a nonce that is kept is none. Everything comes from files of ours.
POLICY: dict[str, list[str]] = {
    **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "frame-src": ["'none'"],
}


@gzip_page
@public
@require_safe
@csp_replace(POLICY)  # type: ignore[untyped-decorator]
def page(request: HttpRequest) -> HttpResponse:
    html = render_to_string("field/app.html", {"config": shell.config(), "colour": shell.COLOUR})
    return _fresh(request, html, "text/html; charset=utf-8")


@gzip_page
@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    answer = _fresh(request, shell.worker(), "text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = shell.config()["home"]
    return answer


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = JsonResponse(shell.manifest(), content_type="application/manifest+json")
    answer["Cache-Control"] = "no-cache"
    return answer


@gzip_page
@public
@require_safe
def words(request: HttpRequest, language: str) -> HttpResponse:
    """Raises `NotFound` for a language that is not complete."""
    if language not in {one["code"] for one in shell.languages()}:
        raise NotFound
    return _fresh(request, shell.said(language).decode(), "application/json; charset=utf-8")


def _fresh(request: HttpRequest, content: str, kind: str) -> HttpResponse:
    """Kept by browsers, and asked after each time: a small question with a small answer."""
    etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type=kind, headers={"ETag": etag, "Cache-Control": "no-cache"})
    return get_conditional_response(request, etag=etag, response=answer) or answer
