"""The few operations Ibis lacks, each translated once per database in `engines`.

`Bind` is a value given when the statement runs. (Ibis's own parameters become literals when compiled, so
their statements cannot be kept.) The day operations exist because SQLite has no dates of its own.
"""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.datashape as shapes
import ibis.expr.datatypes as types
import ibis.expr.operations as ops
from ibis.expr import rules

KNOWN = types.Boolean(nullable=False)  # a truth that is never empty, as that something exists


class Bind(ops.Value):  # type: ignore[misc]
    """A named value that stays a placeholder in the SQL."""

    key: str
    kind: types.DataType

    shape = shapes.scalar

    @property
    def dtype(self) -> types.DataType:
        return self.kind


class DaysBetween(ops.Value):  # type: ignore[misc]
    """Whole days from `first` to `last`; negative when `last` is earlier."""

    first: ops.Value[types.Date]
    last: ops.Value[types.Date]

    shape = rules.shape_like("args")
    dtype = types.int64


class DaysAfter(ops.Value):  # type: ignore[misc]
    """The date `days` days after `day`."""

    day: ops.Value[types.Date]
    days: ops.Value[types.Integer]

    shape = rules.shape_like("args")
    dtype = types.date


class UtcDay(ops.Value):  # type: ignore[misc]
    """The UTC day of a moment. (A programme's own day is stored when a record is derived.)"""

    moment: ops.Value[types.Timestamp]

    shape = rules.shape_like("args")
    dtype = types.date


class MonthOf(ops.Value):  # type: ignore[misc]
    """The first day of a date's month, as a date on every engine."""

    day: ops.Value[types.Date]

    shape = rules.shape_like("args")
    dtype = types.date


def bind(key: str, kind: str) -> Any:
    return Bind(key, types.dtype(kind)).to_expr()


def days_between(first: Any, last: Any) -> Any:
    return DaysBetween(first, last).to_expr()


def days_after(day: Any, days: Any) -> Any:
    return DaysAfter(day, days if hasattr(days, "op") else ibis.literal(days, "int64")).to_expr()


def utc_day(moment: Any) -> Any:
    return UtcDay(moment).to_expr()


def month_of(day: Any) -> Any:
    return MonthOf(day).to_expr()
