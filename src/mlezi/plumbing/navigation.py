"""The menu on every page. Plumbing draws it; a room that knows roles fills it at start-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Entry:
    title: str | Promise
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Menu:
    """What stands in the band: the name and home of the programme, its pages, and those used less often."""

    title: str = "Mlezi"
    subtitle: str = ""
    home: str = "/"
    entries: Sequence[Entry] = ()
    more: Sequence[Entry] = ()
    programmes: Sequence[Entry] = ()  # when the person takes part in several
    person: str = ""
    role: str | Promise = ""
    is_made_up: bool = False
    tour: dict[str, Any] | None = None  # in a demonstration: where somebody stands on the tour


_makers: list[Callable[[HttpRequest], Menu]] = []


def fill(make: Callable[[HttpRequest], Menu]) -> None:
    """Say who makes the menu of a request. The last one said holds."""
    _makers[:] = [make]


def menu(request: HttpRequest) -> Menu:
    return _makers[0](request) if _makers else Menu()
