"""Spreads a month's visits over working days: nobody two places on one day, nobody more than they can."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

P = TypeVar("P", bound=Hashable)
M = TypeVar("M", bound=Hashable)


@dataclass(frozen=True)
class Visit(Generic[P, M]):
    place: P
    mentor: M
    on: date


def working_days(start: date, end: date) -> list[date]:
    """Mondays to Fridays from `start` up to but not including `end`."""
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return [day for day in days if day.weekday() < 5]


def spread(
    wanted: Iterable[tuple[P, M]], days: Sequence[date], *, each: int, taken: Iterable[tuple[M, date]] = ()
) -> tuple[list[Visit[P, M]], list[P]]:
    """Give each wanted place (most urgent first) a day of its mentor; also those that found no room.

    A mentor's visits are spaced evenly over the days. `taken` are days a mentor is planned already; they
    count among their `each` visits.
    """
    busy: dict[M, set[date]] = {}
    for mentor, day in taken:
        busy.setdefault(mentor, set()).add(day)
    queues: dict[M, list[P]] = {}
    left: list[P] = []
    for place, mentor in wanted:
        queue = queues.setdefault(mentor, [])
        if len(queue) + len(busy.get(mentor, ())) < min(each, len(days)):
            queue.append(place)
        else:
            left.append(place)
    made = [
        Visit(place, mentor, on)
        for mentor, queue in queues.items()
        for place, on in zip(queue, _spaced(days, len(queue), busy.get(mentor, set())), strict=True)
    ]
    return sorted(made, key=lambda visit: (visit.on, str(visit.mentor), str(visit.place))), left


def _spaced(days: Sequence[date], count: int, busy: set[date]) -> list[date]:
    """`count` free days, as evenly apart as there are free days."""
    free = [day for day in days if day not in busy]
    return [free[n * len(free) // count] for n in range(count)] if count else []
