"""The records behind a figure, read from the database only as far as somebody looks: a country's are a million."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, overload

from django.db import connections

from mlezi.evaluation import engines
from mlezi.evaluation.engines import Row, Statement

AT_ONCE = 1000
AMOUNTS = ("met", "amount", "of")  # which settle no order


class Behind(Sequence[Row]):
    """Rows in a settled order. `only`: column → the text it must say (none does of a column that is not there).

    `n`: how many there are, where that is known.
    """

    def __init__(
        self,
        statement: Statement,
        values: Mapping[str, Any],
        *,
        only: Mapping[str, str] | None = None,
        n: int | None = None,
        using: str = "default",
    ) -> None:
        self._values, self._using, self._n = dict(values), using, n
        there = {name for name, _ in statement.columns}
        chosen = {name: f"only_{i}" for i, name in enumerate(only or {}) if name in there}
        self._values |= {key: (only or {})[name] for name, key in chosen.items()}
        wanted = [f'CAST("{name}" AS TEXT) = %({key})s' for name, key in chosen.items()]
        where = " AND ".join(wanted if len(wanted) == len(only or {}) else ["1 = 0"])
        inner = f'FROM ({statement.sql}) AS "behind"' + (f" WHERE {where}" if where else "")
        order = ", ".join(f'"{name}"' for name, _ in statement.columns if name not in AMOUNTS)
        self._base = replace(statement, keys=statement.keys | set(chosen.values()))
        self._select, self._order = f"SELECT * {inner}", f" ORDER BY {order}"
        self._count = f"SELECT COUNT(*) {inner}"

    def __len__(self) -> int:
        return self._found if self._n is None else self._n

    @cached_property
    def _found(self) -> int:
        with connections[self._using].cursor() as cursor:
            cursor.execute(self._count, self._base.values(self._values))
            return int(cursor.fetchone()[0])

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> list[Row]: ...
    def __getitem__(self, key: int | slice) -> Row | list[Row]:
        if isinstance(key, int):
            return self[key : key + 1][0]
        first, last, step = key.indices(len(self))
        page = f"{self._select}{self._order} LIMIT {max(0, last - first)} OFFSET {first}"
        return engines.read(replace(self._base, sql=page), self._values, using=self._using)[::step]

    def __iter__(self) -> Iterator[Row]:
        """All of them by one statement, some at a time."""
        with connections[self._using].cursor() as cursor:
            cursor.execute(self._select + self._order, self._base.values(self._values))
            while rows := cursor.fetchmany(AT_ONCE):
                yield from engines.typed(self._base, rows)
