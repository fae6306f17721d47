"""Insert rows that are complete as they are, for the few places where every millisecond is a phone waiting.

The statement is made once for each model; Django's own saving works it out for each row, which costs
more than the database does. No signals, no defaults of the database: give every value.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from mlezi.plumbing.bulk import Convert, converter


def insert(row: models.Model) -> None:
    """Insert one row in the caller's transaction. A key that the database counts is filled in."""
    statement, columns, returns = _prepared(type(row), connection.vendor, row.pk is not None)
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(row, columns))
        if returns:
            row.pk = cursor.fetchone()[0]
    row._state.adding = False
    row._state.db = connection.alias


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, all with a key or all without; keys the database counts are not told."""
    if not rows:
        return
    statement, columns, returns = _prepared(type(rows[0]), connection.vendor, rows[0].pk is not None)
    with connection.cursor() as cursor:
        cursor.executemany(statement.removesuffix(returns), [_values(row, columns) for row in rows])
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def _values(row: models.Model, columns: Sequence[tuple[str, Convert | None]]) -> list[Any]:
    return [convert(getattr(row, name)) if convert else getattr(row, name) for name, convert in columns]


@cache
def _prepared(
    model: type[models.Model], vendor: str, with_key: bool
) -> tuple[str, tuple[tuple[str, Convert | None], ...], str]:
    """The statement, how to get the values of its columns, and what it ends with to tell the new key."""
    fields = [field for field in model._meta.concrete_fields if with_key or not field.primary_key]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    key = model._meta.pk
    assert key is not None
    returns = "" if with_key else f" RETURNING {quote(str(key.column))}"
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks}){returns}"  # noqa: S608
    return statement, tuple((field.attname, converter(field, vendor)) for field in fields), returns
