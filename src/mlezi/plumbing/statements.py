"""Runs a statement that was made once by the database's own driver, for the few that each record of a phone waits for.

Django's cursor reads every statement anew to translate its marks, and several layers stand before the driver; for
statements that are always the same this costs more than running them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def run(statement: str, values: Sequence[Any]) -> Any:
    """Run a statement with %s for each value, in the caller's transaction. The driver's cursor, to fetch from.

    Raises Django's errors. Where statements are watched (a log, a test that counts) it goes Django's way, to be seen.
    """
    return _on(connections[DEFAULT_DB_ALIAS], statement, values)


def _on(line: Any, statement: str, values: Sequence[Any]) -> Any:
    if _is_watched(line):
        cursor = line.cursor()
        cursor.execute(statement, values)
        return cursor
    line.ensure_connection()
    line.validate_no_broken_transaction()
    with line.wrap_database_errors:
        if line.vendor == "sqlite":
            return line.connection.execute(_with_question_marks(statement), values)
        return _cursor(line.connection).execute(statement, values)


def run_whole(*each: tuple[str, Sequence[Any]]) -> None:
    """Run statements, all or none: in the caller's transaction, or else in one of their own, on SQLite.

    Django's own way to a transaction costs as much there as what is written in it.
    """
    line = connections[DEFAULT_DB_ALIAS]
    if line.in_atomic_block:
        for statement, values in each:
            _on(line, statement, values)
        return
    _on(line, "BEGIN IMMEDIATE", ())
    try:
        for statement, values in each:
            _on(line, statement, values)
        _on(line, "COMMIT", ())
    except BaseException:
        if line.connection.in_transaction:  # a full disk has ended it by itself
            _on(line, "ROLLBACK", ())
        raise


def _is_watched(line: Any) -> bool:
    return bool(line.queries_logged or line.execute_wrappers)


@cache
def _with_question_marks(statement: str) -> str:
    return statement.replace("%s", "?")


def _cursor(connection: Any) -> Any:
    """One that sends values beside the statement, so that a record's bytes go as they are.

    The server keeps no plan by name: a pooler between may hand the next transaction to another of its connections.
    """
    from psycopg import Cursor  # noqa: PLC0415 - only on PostgreSQL

    return Cursor(connection)
