"""Phones with a token of their own have no session, no cookie and no form token: they pass by what looks for these.

In `MIDDLEWARE` whatever stands between `Parting` and `Joining` is for people with a browser alone.
"""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponse]
PHONES = "/phone/key/"


class Joining:
    """Where both ways are one again."""

    latest: Answer

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        Joining.latest = self  # Django makes them from the last to the first, so the next `Parting` is of the same row

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class Parting:
    """Sends a phone straight on to `Joining`. Nobody is signed in there, whatever cookie came along."""

    def __init__(self, get_response: Answer) -> None:
        self.by_all, self.straight_on = get_response, Joining.latest

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.straight_on(request) if request.path_info.startswith(PHONES) else self.by_all(request)


class PolicyMiddleware(CSPMiddleware):  # type: ignore[misc]
    """Writes a policy only for an answer that brings none of its own; the library works one out for every answer."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if HEADER in response.headers else super().process_response(request, response)
