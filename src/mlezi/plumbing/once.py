"""Within one page the same question is asked of the database once: who somebody is, what a programme's rules are.

Only while a page is read (GET): whoever writes sees at once what was written. Whatever is remembered is
forgotten with the page.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

Given = ParamSpec("Given")
Found = TypeVar("Found")
_REMEMBERED: ContextVar[dict[Any, Any] | None] = ContextVar("remembered while a page is made", default=None)


def a_page(function: Callable[Given, Found]) -> Callable[Given, Found]:
    """Remember what `function` gave for these arguments until the page is made. Nobody may change what it gave."""

    @functools.wraps(function)
    def remembering(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        kept = _REMEMBERED.get()
        if kept is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in kept:
            kept[key] = function(*args, **kwargs)
        found: Found = kept[key]
        return found

    return remembering


@contextmanager
def page() -> Iterator[None]:
    """While a page is made."""
    token = _REMEMBERED.set({})
    try:
        yield
    finally:
        _REMEMBERED.reset(token)


class OnceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with page():
            return self.get_response(request)
