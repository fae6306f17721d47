"""Read rows with a statement that is made once, for the few questions that every request of a phone asks.

Django works a query out anew each time it is asked, which costs ten times what the database needs to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Convert = Callable[[Any], Any]


class Part(Generic[Row]):
    """Some columns of a table within a statement. The others are read when somebody asks a row for them.

    `after` is the part whose columns stand before these.
    """

    def __init__(self, model: type[Row], alias: str, names: Sequence[str], *, after: Part[Any] | None = None) -> None:
        fields = [field for field in model._meta.concrete_fields if field.name in names or field.primary_key]
        quote = connection.ops.quote_name
        self.model = model
        self.table = f"{quote(model._meta.db_table)} {alias}"
        self.columns = ", ".join(f"{alias}.{quote(str(field.column))}" for field in fields)
        self.names = [field.attname for field in fields]
        self.converts = [_convert(field) for field in fields]
        start: int = after.at.stop if after else 0
        self.at: slice = slice(start, start + len(fields))
        self.key_at = start + next(n for n, field in enumerate(fields) if field.primary_key)

    def row(self, found: Sequence[Any]) -> Row:
        """The row of this table in what the statement found."""
        ready = [
            value if convert is None or value is None else convert(value)
            for convert, value in zip(self.converts, found[self.at], strict=True)
        ]
        return self.model.from_db(connection.alias, self.names, ready)

    def is_in(self, found: Sequence[Any]) -> bool:
        """Whether there is one: a left join may have met none."""
        return found[self.key_at] is not None


def _convert(field: models.Field[Any, Any]) -> Convert | None:
    """What makes a field's value of what the driver gives; None when nothing must."""
    column = field.get_col(field.model._meta.db_table)
    steps = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    if not steps:
        return None

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return convert
