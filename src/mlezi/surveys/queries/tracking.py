"""How many were asked and answered, wave by wave and place by place. Always out of who was asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from mlezi.methods.statistics.estimate import FEW, Estimate
from mlezi.methods.statistics.proportions import proportion
from mlezi.methods.statistics.suppression import protects
from mlezi.plumbing.words import percent
from mlezi.programmes.models import Programme
from mlezi.surveys.models import Invitation, Standing


@dataclass(frozen=True)
class Count:
    """Invitations of one wave (or one place in it) as they stand. Not yet asked is not part of the rate."""

    asked: int
    answered: int
    overdue: int
    waiting: int  # due, but nobody has asked yet
    missed: int = 0  # closed before anybody asked
    is_hidden: bool = False

    @property
    def rate(self) -> Estimate:
        return proportion(self.answered, self.asked, estimand="Share of those who were asked that answered")

    @property
    def percent(self) -> str:
        """The rate with its interval, in the reader's numbers; few people get no percentage."""
        rate = self.rate
        if rate.point is None or self.asked < FEW:
            return gettext("of {n}").format(n=self.asked)
        low, high = percent(rate.low), percent(rate.high)
        return gettext("{rate} of {n} ({low} to {high})").format(
            rate=percent(rate.point), n=self.asked, low=low, high=high
        )


@dataclass(frozen=True)
class Tracked:
    """One wave of one instrument, and its places."""

    instrument: str
    wave: str
    occasion: str
    due_on: date  # the earliest
    whole: Count
    places: tuple[tuple[Any, Count], ...]
    conflicts: int


def tracked(
    programme: Programme,
    rows: Iterable[Invitation],
    *,
    on: date,
    threshold: int,
    known: Collection[int | None] = frozenset(),
) -> list[Tracked]:
    """`rows` as `waiting.invitations` gives them, due by that day. Places with few people are hidden.

    `known`: places whose people the reader may see one by one, with who answered; nothing about them is hidden.
    """
    waves: dict[tuple[str, str, str], list[Invitation]] = {}
    for row in rows:
        if row.due_on <= on:
            waves.setdefault((row.instrument, row.wave, row.occasion), []).append(row)
    doubled = Standing.objects.filter(programme=programme, n_filled__gt=1)
    conflicts: dict[tuple[str, str, str], int] = {}
    for key in doubled.values_list("instrument", "wave", "occasion"):
        conflicts[key] = conflicts.get(key, 0) + 1
    found = [
        Tracked(
            *key, min(r.due_on for r in one), count(one, on), _places(one, on, threshold, known), conflicts.get(key, 0)
        )
        for key, one in waves.items()
    ]
    return sorted(found, key=lambda one: (one.due_on, one.instrument, one.wave), reverse=True)


def count(rows: Sequence[Any], on: date) -> Count:
    """Who answered without having been asked (a form on the phone) was asked by being offered it."""
    asked = [row for row in rows if row.asked_on is not None or row.has_answered]
    late = [row for row in asked if not row.has_answered and row.closes_on is not None and row.closes_on < on]
    unasked = [row for row in rows if row.asked_on is None and not row.has_answered]
    missed = sum(row.closes_on is not None and row.closes_on < on for row in unasked)
    return Count(
        asked=len(asked),
        answered=sum(row.has_answered for row in asked),
        overdue=len(late),
        waiting=len(unasked) - missed,
        missed=missed,
    )


def _places(
    rows: Sequence[Any], on: date, threshold: int, known: Collection[int | None]
) -> tuple[tuple[Any, Count], ...]:
    groups: dict[int | None, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.place_id, []).append(row)
    counts = {key: found for key, one in groups.items() if (found := count(one, on)).asked}
    hidden = _hidden({key: one for key, one in counts.items() if key not in known}, threshold)
    named = [
        (groups[key][0].place, Count(0, 0, 0, 0, is_hidden=True) if key in hidden else one)
        for key, one in counts.items()
    ]
    return tuple(sorted(named, key=lambda pair: (pair[0] is None, pair[0].name if pair[0] else "")))


def _hidden(counts: dict[int | None, Count], threshold: int) -> set[int | None]:
    """Small places, and as few others as needed so that nobody can subtract them from the whole.

    `counts` leaves out places whose people the reader sees by name.
    """

    def is_small(some: Iterable[Count]) -> bool:
        asked, answered = zip(*((one.asked, one.answered) for one in some), strict=True)
        return any(0 < n < threshold for n in (sum(asked), sum(answered), sum(asked) - sum(answered)))

    small = {key for key, one in counts.items() if is_small([one])}
    others = sorted((key for key in counts if key not in small), key=lambda key: (counts[key].asked, str(key)))

    def protect_each_other() -> bool:
        sizes = [counts[key].asked for key in small]
        return protects(sizes, threshold=threshold) and not is_small([counts[key] for key in small])

    while small and others and not protect_each_other():
        small.add(others.pop(0))
    return small
