"""What is said when an address does not exist, a request is broken, or we made a fault. Django calls these."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from mlezi.plumbing import refusals
from mlezi.plumbing.problems import BadRequest, NotFound, Problem, StalePage


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The request itself cannot be trusted, so nothing of it (not even who sent it) is looked up for the page."""
    tell = refusals.teller(request)
    if tell is not None:
        return tell(request, exception)
    return HttpResponse(render_to_string("plumbing/fault.html", {"said": str(BadRequest())}), status=400)


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: from a page left open over a sign-in, or from somebody else's page."""
    return _told(request, StalePage())


def fault(request: HttpRequest) -> HttpResponse:
    """Our own mistake. Drawn without the database, which may be what is failing."""
    return HttpResponse(render_to_string("plumbing/fault.html"), status=500)


def _told(request: HttpRequest, problem: Problem) -> HttpResponse:
    return render(request, "plumbing/problem.html", {"problem": problem}, status=problem.status)
