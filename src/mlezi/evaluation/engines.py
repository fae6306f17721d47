"""The only module that knows Ibis has compilers. It compiles once, and executes on Django's own cursor.

Ibis never opens or wraps a connection here: on SQLite that commits behind Django's back and changes what
`icontains` finds. The compiler modules are not Ibis's public promise, so its version is pinned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlglot.expressions as sge
from django.db import connections
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.backends.sql.compilers.postgres import PostgresCompiler
from ibis.backends.sql.compilers.sqlite import SQLiteCompiler

Row = dict[str, Any]
MARK = re.compile(r'"@bind:(\w+)"')


def _bound(key: str) -> sge.Expression:
    return sge.Column(this=sge.to_identifier(f"@bind:{key}", quoted=True))


def _date_of(value: sge.Expression) -> sge.Expression:
    return sge.Cast(this=value, to=sge.DataType.build("date"))


class _SQLite(SQLiteCompiler):  # type: ignore[misc]
    __slots__ = ()

    def visit_Bind(self, op: Any, *, key: str, kind: Any) -> sge.Expression:
        return _bound(key)

    def visit_DaysBetween(self, op: Any, *, first: Any, last: Any) -> Any:
        days = sge.Sub(this=self.f.julianday(last), expression=self.f.julianday(first))
        return sge.Cast(this=self.f.round(days), to=sge.DataType.build("int"))

    def visit_DaysAfter(self, op: Any, *, day: Any, days: Any) -> Any:
        return self.f.anon.date(day, sge.DPipe(this=days, expression=sge.Literal.string(" days")))

    def visit_UtcDay(self, op: Any, *, moment: Any) -> Any:
        return self.f.anon.date(moment)

    def visit_MonthOf(self, op: Any, *, day: Any) -> Any:
        return self.f.anon.date(day, sge.Literal.string("start of month"))


class _PostgreSQL(PostgresCompiler):  # type: ignore[misc]
    __slots__ = ()

    def visit_Bind(self, op: Any, *, key: str, kind: Any) -> sge.Expression:
        # A named type, because psycopg sends text and the server cannot always tell what was meant.
        return sge.Cast(this=_bound(key), to=self.type_mapper.from_ibis(kind))

    def visit_DaysBetween(self, op: Any, *, first: Any, last: Any) -> Any:
        return sge.Sub(this=_date_of(last), expression=_date_of(first))

    def visit_DaysAfter(self, op: Any, *, day: Any, days: Any) -> Any:
        whole = sge.Cast(this=days, to=sge.DataType.build("int"))
        return _date_of(sge.Add(this=_date_of(day), expression=whole))

    def visit_UtcDay(self, op: Any, *, moment: Any) -> Any:
        return _date_of(sge.AtTimeZone(this=moment, zone=sge.Literal.string("UTC")))

    def visit_MonthOf(self, op: Any, *, day: Any) -> Any:
        return _date_of(self.f.anon.date_trunc(sge.Literal.string("month"), _date_of(day)))


class _DuckDB(DuckDBCompiler):  # type: ignore[misc]
    __slots__ = ()

    def visit_Bind(self, op: Any, *, key: str, kind: Any) -> sge.Expression:
        return sge.Cast(this=_bound(key), to=self.type_mapper.from_ibis(kind))

    def visit_DaysBetween(self, op: Any, *, first: Any, last: Any) -> Any:
        return self.f.anon.date_diff(sge.Literal.string("day"), first, last)

    def visit_DaysAfter(self, op: Any, *, day: Any, days: Any) -> Any:
        whole = sge.Cast(this=days, to=sge.DataType.build("int"))
        return sge.Cast(this=sge.Add(this=_date_of(day), expression=whole), to=sge.DataType.build("date"))

    def visit_UtcDay(self, op: Any, *, moment: Any) -> Any:
        return _date_of(sge.AtTimeZone(this=moment, zone=sge.Literal.string("UTC")))

    def visit_MonthOf(self, op: Any, *, day: Any) -> Any:
        return _date_of(self.f.anon.date_trunc(sge.Literal.string("month"), _date_of(day)))


COMPILERS: Mapping[str, Any] = {"sqlite": _SQLite(), "postgresql": _PostgreSQL(), "duckdb": _DuckDB()}


@dataclass(frozen=True)
class Statement:
    """SQL with named placeholders (`%(name)s` for Django, `$name` for DuckDB) and how to read its rows."""

    sql: str
    engine: str
    columns: tuple[tuple[str, str], ...]  # name, Ibis type
    keys: frozenset[str]  # the values it needs

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The given values this statement uses, as its database wants them."""
        return {key: _adapted(given[key], self.engine) for key in self.keys}


def compiled(expression: Any, engine: str) -> Statement:
    """Compile an Ibis table expression for "sqlite", "postgresql" or "duckdb"."""
    compiler = COMPILERS[engine]
    tree = compiler.to_sqlglot(expression)
    for cte in tree.find_all(sge.CTE):
        # A dataset used twice becomes a CTE, which both databases would compute unfiltered. Rows of it
        # are better inlined; a grouped one would be computed twice, so that one is kept.
        cte.set("materialized", cte.this.find(sge.Group, sge.Window, sge.Distinct) is not None)
    text = tree.sql(dialect=compiler.dialect)
    keys = frozenset(MARK.findall(text))
    placed = MARK.sub(r"$\1", text) if engine == "duckdb" else MARK.sub(r"%(\1)s", text.replace("%", "%%"))
    columns = tuple((name, _plain(kind)) for name, kind in expression.schema().items())
    return Statement(placed, engine, columns, keys)


def _plain(kind: Any) -> str:
    """The name of an Ibis type without precision, zone or nullability."""
    return str(kind).lstrip("!").split("(")[0]


def read(statement: Statement, given: Mapping[str, Any], *, using: str = "default") -> list[Row]:
    """Run on Django's own connection: the same transaction, so that rows just written are seen."""
    connection = connections[using]
    if connection.vendor != statement.engine:
        raise ValueError(f"a statement for {statement.engine} cannot run on {connection.vendor}")
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values(given))
        return typed(statement, cursor.fetchall())


def change(statement: Statement, given: Mapping[str, Any], *, into: str, using: str = "default") -> None:
    """Insert what the statement finds into a table whose columns have the statement's names."""
    names = ", ".join(f'"{name}"' for name, _ in statement.columns)
    with connections[using].cursor() as cursor:
        cursor.execute(f'INSERT INTO "{into}" ({names}) {statement.sql}', statement.values(given))  # noqa: S608 - no input


def read_stored(connection: Any, statement: Statement, given: Mapping[str, Any]) -> list[Row]:
    """Run on DuckDB over stored datasets. Each thread takes its own cursor: one cannot be shared."""
    return typed(statement, connection.cursor().execute(statement.sql, statement.values(given)).fetchall())


def typed(statement: Statement, rows: Sequence[Sequence[Any]]) -> list[Row]:
    """The rows with the types the expression promises, whatever the database returned."""
    names = [name for name, _ in statement.columns]
    # Column by column: most are as they should be, and are not looked at value by value.
    found = [_column(name, kind, [row[n] for row in rows]) for n, (name, kind) in enumerate(statement.columns)]
    return [dict(zip(names, row, strict=True)) for row in zip(*found, strict=True)]


def _column(name: str, kind: str, values: Sequence[Any]) -> Sequence[Any]:
    is_identity = name == "record" or name.endswith("_uid")
    if not is_identity and {*map(type, values)} <= {AS_THEY_ARE.get(kind), type(None)}:
        return values
    reader = _record if is_identity else READERS.get(kind, _same)
    return [None if value is None else reader(value) for value in values]


def _same(value: Any) -> Any:
    return value


def _as_date(value: Any) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value


def _as_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _record(value: Any) -> Any:
    """SQLite gives a UUID as 32 hexadecimal digits."""
    return UUID(value) if isinstance(value, str) and len(value) == 32 else value


AS_THEY_ARE: Mapping[str, type] = {"int64": int, "float64": float, "string": str, "boolean": bool, "uuid": UUID}
READERS: Mapping[str, Any] = {
    "boolean": bool,
    "int64": int,
    "float64": float,
    "decimal": lambda value: Decimal(str(value)),
    "date": _as_date,
    "timestamp": _as_moment,
    "uuid": lambda value: value if isinstance(value, UUID) else UUID(str(value)),
}


def _adapted(value: Any, engine: str) -> Any:
    """SQLite keeps dates and times as ISO text and UUIDs as hexadecimal digits."""
    if engine != "sqlite":
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else value
