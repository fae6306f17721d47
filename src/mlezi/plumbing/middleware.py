"""Turns a `Problem` into a page or a short text; nobody ever sees a traceback."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from mlezi.plumbing.problems import NotByAddress, NotFound, Problem

NOTHING_HAS = "\0"  # no name or code has this sign, and PostgreSQL refuses to look for it
IN_QUERY, STANDS_FOR_IT = "%00", "%EF%BF%BD"  # the sign for what cannot be shown: as unknown, and may be looked for


class ProblemsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace(IN_QUERY, STANDS_FOR_IT)
        if NOTHING_HAS in request.path:
            return _page(request, NotFound())
        answer = self.get_response(request)
        is_opened = answer.status_code == NotByAddress.status and "text/html" in request.headers.get("Accept", "")
        if not is_opened:
            return answer
        page = _page(request, NotByAddress())
        page["Allow"] = answer.get("Allow", "")
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Problem):
            return None
        if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
            body = {"code": exception.code, "message": str(exception), "facts": _plain(exception.facts)}
            return JsonResponse(body, status=exception.status)
        return _page(request, exception)


def _page(request: HttpRequest, problem: Problem) -> HttpResponse:
    return render(request, "plumbing/problem.html", {"problem": problem}, status=problem.status)


def _plain(facts: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items()}
