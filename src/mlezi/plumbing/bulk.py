"""Brings many derived rows of a table to what they should be, writing only what differs.

Rows are plain tuples in the order of the model's columns. Reading what is there and comparing costs
far less than writing, so that deriving again what has not changed writes nothing.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

CHUNK = 900  # SQLite takes at most 999 parameters in older builds
Row = tuple[Any, ...]
Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Difference:
    """What a table lost and gained. A changed row is in both."""

    gone: list[Row]
    come: list[Row]

    def __bool__(self) -> bool:
        return bool(self.gone or self.come)


class Table:
    """A derived table: its model, and the column by which rows belong to what is derived together.

    `apart` are columns that others keep; a new row has what the database gives it there.
    """

    def __init__(self, model: type[models.Model], owner: str, apart: Collection[str] = ()) -> None:
        self.model = model
        self.fields = tuple(field for field in model._meta.concrete_fields if field.attname not in apart)
        self.columns = tuple(field.attname for field in self.fields)
        self.row = _row(model.__name__, self.columns)
        self.owner = owner
        self.owner_at = self.columns.index(owner)
        primary = model._meta.pk
        assert primary is not None
        self.key = primary.attname
        self.key_at = self.columns.index(self.key)

    def __repr__(self) -> str:
        return f"Table({self.model.__name__})"

    @property
    def by_submission(self) -> bool:
        """Whether its rows belong to one submission; otherwise they belong to an encounter."""
        return self.owner.startswith("submission")

    def existing(self, owners: Iterable[Any], **within: Any) -> dict[Any, Row]:
        """Rows that belong to these owners (and match `within`), by primary key."""
        found: dict[Any, Row] = {}
        for chunk in chunks(list(owners)):
            if not self._has_any(chunk):
                continue
            rows = self.model._default_manager.filter(**{f"{self.owner}__in": chunk}, **within)
            for row in rows.values_list(*self.columns):
                found[row[self.key_at]] = row
        return found

    def _has_any(self, owners: Sequence[Any]) -> bool:
        """Whether there is anything: where all is derived from nothing, saying so at once saves a sixteenth."""
        owner_field = next(one for one in self.model._meta.concrete_fields if self.owner in (one.name, one.attname))
        convert = converter(owner_field, connection.vendor)
        table = connection.ops.quote_name(self.model._meta.db_table)
        column = connection.ops.quote_name(str(owner_field.column))
        marks = ", ".join(["%s"] * len(owners))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT 1 FROM {table} WHERE {column} IN ({marks}) LIMIT 1",  # noqa: S608 - our own names
                [convert(owner) if convert else owner for owner in owners],
            )
            return cursor.fetchone() is not None

    def replace(self, owners: Iterable[Any], rows: Iterable[Row], **within: Any) -> Difference:
        """Make `rows` exactly what these owners have. Runs in the caller's transaction."""
        there = self.existing(owners, **within)
        come: list[Row] = []
        for row in rows:
            if there.get(row[self.key_at]) == row:
                del there[row[self.key_at]]
            else:
                come.append(row)
        gone = [self.row(*row) for row in there.values()]
        self.delete([row[self.key_at] for row in gone])
        self.insert(come)
        return Difference(gone, come)

    def delete(self, keys: Sequence[Any]) -> None:
        """Delete by primary key, without looking for what points here: nothing may point at derived rows."""
        for chunk in chunks(keys):
            queryset = self.model._default_manager.filter(pk__in=chunk)
            queryset._raw_delete(queryset.db)

    def insert(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        converts = _converts(self.fields, connection.vendor)
        ready = [
            [convert(value) if convert else value for convert, value in zip(converts, row, strict=True)] for row in rows
        ]
        table = connection.ops.quote_name(self.model._meta.db_table)
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in self.fields)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for values in ready:
                        copy.write_row(values)
            else:
                marks = ", ".join(["%s"] * len(converts))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", ready)  # noqa: S608


def update(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Set `columns` of many rows to values of their own; each row ends with its primary key."""
    if not rows:
        return
    names = [*columns, str(model._meta.pk.attname)]
    fields = [next(f for f in model._meta.concrete_fields if f.attname == name) for name in names]
    converts = [converter(field, connection.vendor) for field in fields]
    ready = [[convert(v) if convert else v for convert, v in zip(converts, row, strict=True)] for row in rows]
    quote = connection.ops.quote_name
    settings = ", ".join(f"{quote(str(field.column))} = %s" for field in fields[:-1])
    statement = f"UPDATE {quote(model._meta.db_table)} SET {settings} WHERE {quote(str(fields[-1].column))} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, ready)


def _row(name: str, columns: Sequence[str]) -> Callable[..., Row]:
    """Makes a row from named values, so that nobody has to remember the order of columns."""
    made: Callable[..., Row] = namedtuple(f"{name}Row", columns)  # type: ignore[misc]  # noqa: PYI024
    return made


def chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


@cache
def _converts(fields: tuple[models.Field[Any, Any], ...], vendor: str) -> tuple[Convert | None, ...]:
    return tuple(converter(field, vendor) for field in fields)


def converter(field: models.Field[Any, Any], vendor: str) -> Convert | None:
    """How this database's driver wants a field's values; None when as they are."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.JSONField):
        return _json
    if vendor == "postgresql":
        return None
    if isinstance(field, models.UUIDField):
        return _hex
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return _day
    return None


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _moment(value: datetime | None) -> str | None:
    if value is None:
        return None
    return str((value if value.tzinfo is UTC else value.astimezone(UTC)).replace(tzinfo=None))


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode  # `dumps` would make such a one for each value
