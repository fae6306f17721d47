"""Insert rows that are complete as they are, for the few places where every millisecond is a phone waiting.

The statement is made once for each model; Django's own saving works it out for each row, which costs
more than the database does. No signals, no defaults of the database: give every value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState

from mlezi.plumbing.bulk import Convert, converter
from mlezi.plumbing.statements import run, run_whole

Row = TypeVar("Row", bound=models.Model)


def row_of(model: type[Row], values: dict[str, Any]) -> Row:
    """A row of these values, by the names of columns; what is not given is as its field says. Not yet inserted."""
    row = model.__new__(model)
    row._state = ModelState()  # what `Model.__init__` does, but for signals and for looking at each value
    constant, made = _defaults(model)
    row.__dict__.update(constant)
    row.__dict__.update(values)
    for name, make in made:
        if name not in values:
            row.__dict__[name] = make()
    return row


def insert(row: models.Model) -> None:
    """Insert one row in the caller's transaction. A key that the database counts is filled in."""
    statement, columns, returns = _prepared(type(row), connection.vendor, row.pk is not None)
    done = run(statement + returns, _values(row, columns))
    if returns:
        row.pk = done.fetchone()[0]
    _is_there(row)


def insert_together(first: models.Model, second: models.Model) -> None:
    """Insert two rows, both or neither; keys the database counts are not told.

    PostgreSQL gets one statement, which is a transaction by itself; SQLite two, in a transaction where there is none.
    """
    vendor = connection.vendor
    one, its_columns, _ = _prepared(type(first), vendor, first.pk is not None)
    other, other_columns, _ = _prepared(type(second), vendor, second.pk is not None)
    its_values, other_values = _values(first, its_columns), _values(second, other_columns)
    if vendor == "postgresql":
        run(f"WITH first AS ({one}) {other}", its_values + other_values)
    else:
        run_whole((one, its_values), (other, other_values))
    _is_there(first)
    _is_there(second)


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, all with a key or all without; keys the database counts are not told."""
    if not rows:
        return
    statement, columns, _ = _prepared(type(rows[0]), connection.vendor, rows[0].pk is not None)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_values(row, columns) for row in rows])
    for row in rows:
        _is_there(row)


def _is_there(row: models.Model) -> None:
    row._state.adding = False
    row._state.db = DEFAULT_DB_ALIAS


def _values(row: models.Model, columns: Sequence[tuple[str, Convert | None]]) -> list[Any]:
    of = row.__dict__
    return [convert(of[name]) if convert else of[name] for name, convert in columns]


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """What a field is by itself, and what makes it where each row has one of its own."""
    made = [field for field in model._meta.concrete_fields if field.has_default() and callable(field.default)]
    constant = {field.attname: field.get_default() for field in model._meta.concrete_fields if field not in made}
    return constant, tuple((field.attname, field.get_default) for field in made)


@cache
def _prepared(
    model: type[models.Model], vendor: str, with_key: bool
) -> tuple[str, tuple[tuple[str, Convert | None], ...], str]:
    """The statement, how to get the values of its columns, and what it must end with to tell the new key."""
    fields = [field for field in model._meta.concrete_fields if with_key or not field.primary_key]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    key = model._meta.pk
    assert key is not None
    returns = "" if with_key else f" RETURNING {quote(str(key.column))}"
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    return statement, tuple((field.attname, converter(field, vendor)) for field in fields), returns
