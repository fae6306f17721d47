"""What may be asked: the named values of a question, while compiling (`Ask`) and at run time (`Question`).

A statement depends only on the *shape* of a scope, that is on how many ranges and persons it names. Both
are rounded up to a power of two and padded by repeating the last, so few statements serve everybody.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from operator import or_
from types import MappingProxyType
from typing import Any

import ibis

from mlezi.evaluation.operations import bind
from mlezi.places.scope import Scope

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "programme": "int64",
        "start": "date",  # the period's first day
        "end": "date",  # the day after its last
        "last": "date",  # its last day
        "whole_from": "date",  # the first day of the period's first whole month; its end where it holds none
        "whole_to": "date",  # the day after the last day of its last whole month
        "year_from": "int64",  # the first whole year among the whole months
        "year_to": "int64",  # the year after the last
        "years_begin": "date",  # the first day of the one, and of the other
        "years_end": "date",
        "first_month": "string",  # "2026-01"
        "last_month": "string",
        "due_from": "date",  # a site visited on this day or later is not due by the period's end; may be empty
        "late_from": "date",  # a site visited on this day or later is not overdue on the last day; may be empty
        "refresh_days": "int64",  # how long a mentor's training holds
        "late_days": "int64",  # a record that came more days after the meeting came late
        "silent_days": "int64",  # a phone not heard of for more days is silent
    }
)


@dataclass(frozen=True)
class Shape:
    """How many ranges and persons a scope names, rounded up."""

    ranges: int
    persons: int


def _rounded(count: int) -> int:
    return 0 if count == 0 else 1 << (count - 1).bit_length()


def shape_of(scope: Scope) -> Shape:
    return Shape(_rounded(len(scope.ranges)), _rounded(len(scope.persons)))


class Ask:
    """The values of a question as expressions: `ask.start` stays a placeholder in the SQL."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def __getattr__(self, name: str) -> Any:
        try:
            return bind(name, KINDS[name])
        except KeyError:
            raise AttributeError(f"a question has no value {name!r}") from None

    def visible(self, table: Any, *, person: str | None = None, programme: bool = True, path: str = "path") -> Any:
        """The rows of the programme asked about that lie in the scope; the same rule as `Scope.where`."""
        parts = [
            (table[path] >= bind(f"path_from_{i}", "string")) & (table[path] < bind(f"path_to_{i}", "string"))
            for i in range(self.shape.ranges)
        ]
        if person is not None and self.shape.persons:
            parts.append(table[person].isin([bind(f"person_{i}", "int64") for i in range(self.shape.persons)]))
        seen = functools.reduce(or_, parts) if parts else ibis.literal(False)
        rows = table.filter(table.programme_id == self.programme) if programme else table
        return rows.filter(seen)

    def during(self, table: Any, day: str) -> Any:
        """The rows whose day lies in the period."""
        return table.filter(table[day] >= self.start, table[day] < self.end)

    def in_whole_months(self, table: Any, month: str = "month") -> Any:
        """The rows of months that lie in the period from their first day to their last."""
        return table.filter(table[month] >= self.whole_from, table[month] < self.whole_to)

    def around_whole_months(self, table: Any, day: str) -> Any:
        """The rows of the days of the period before and after its whole months."""
        before = (table[day] >= self.start) & (table[day] < self.whole_from)
        after = (table[day] >= self.whole_to) & (table[day] < self.end)
        return table.filter(before | after)


@dataclass(frozen=True)
class Question:
    """Which programme, which days (`end` is the day after the last), for whose eyes, with which rules."""

    programme: int
    start: date
    end: date
    scope: Scope
    rules: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a period of {self.start} up to {self.end} holds no day")
        if self.programme not in self.scope.programmes:
            object.__setattr__(self, "scope", Scope())

    def __hash__(self) -> int:
        return hash((self.programme, self.start, self.end, self.scope, tuple(sorted(self.rules.items()))))

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def whole_months(self) -> tuple[date, date]:
        """From which day up to which the period consists of whole months. Twice its end when of none."""
        begins = self.start if self.start.day == 1 else (self.start.replace(day=1) + timedelta(days=32)).replace(day=1)
        ends = self.end.replace(day=1)
        return (begins, ends) if begins < ends else (self.end, self.end)

    @property
    def whole_years(self) -> tuple[date, date]:
        """The same for whole years."""
        begins, ends = self.whole_months
        first, last = date(begins.year + (begins > date(begins.year, 1, 1)), 1, 1), date(ends.year, 1, 1)
        return (first, last) if first < last else (ends, ends)

    @property
    def shape(self) -> Shape:
        return shape_of(self.scope)

    def _before(self, day: date) -> date | None:
        """The day from which a visit still holds on `day`; None where the programme does not say how long."""
        every = self.rules.get("every_days")
        return None if every is None else day - timedelta(days=every)

    def within(self, start: str, end: str) -> Question:
        """The same question for one part of the tree only, given as a range of paths."""
        return replace(self, scope=replace(self.scope.narrowed(start, end), persons=frozenset()))

    def values(self) -> dict[str, Any]:
        """Every value a statement may name."""
        values: dict[str, Any] = {
            "programme": self.programme,
            "start": self.start,
            "end": self.end,
            "last": self.last,
            "whole_from": self.whole_months[0],
            "whole_to": self.whole_months[1],
            "year_from": self.whole_years[0].year,
            "year_to": self.whole_years[1].year,
            "years_begin": self.whole_years[0],
            "years_end": self.whole_years[1],
            "first_month": f"{self.start:%Y-%m}",
            "last_month": f"{self.last:%Y-%m}",
            "due_from": self._before(self.end),
            "late_from": self._before(self.last),
            **self.rules,
        }
        ranges = _padded(sorted(self.scope.ranges), self.shape.ranges)
        for i, (low, high) in enumerate(ranges):
            values[f"path_from_{i}"], values[f"path_to_{i}"] = low, high
        for i, person in enumerate(_padded(sorted(self.scope.persons), self.shape.persons)):
            values[f"person_{i}"] = person
        return values


def _padded(items: list[Any], size: int) -> list[Any]:
    return items + items[-1:] * (size - len(items))
