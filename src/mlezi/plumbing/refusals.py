"""Who answers a request that Django refuses before any view is asked: a door that speaks no HTML does so itself."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

Teller = Callable[[HttpRequest, Exception], HttpResponseBase]
BY_DOOR: dict[str, Teller] = {}  # by the beginning of the address; rooms above fill it at start-up


def teller(request: HttpRequest) -> Teller | None:
    return next((tell for door, tell in BY_DOOR.items() if request.path_info.startswith(door)), None)
