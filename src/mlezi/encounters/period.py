"""The months a page about trust looks at, as they stand in the address bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 3


@dataclass(frozen=True)
class Period:
    """From the first day of a month up to but not including the first day of another."""

    start: date
    end: date


def asked(text: str, *, today: date) -> Period:
    """The month "2026-03"; without one, the present month and the two before."""
    try:
        first = date.fromisoformat(f"{text}-01")
        return Period(first, _next(first))
    except (ValueError, OverflowError):  # the last month there is has none after it
        end = _next(today)
        start = end
        for _ in range(MONTHS):
            start = (start - timedelta(days=1)).replace(day=1)
        return Period(start, end)


def months(today: date, *, n: int = 18) -> list[date]:
    """First days of the last months, newest first."""
    found = [today.replace(day=1)]
    while len(found) < n:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _next(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
