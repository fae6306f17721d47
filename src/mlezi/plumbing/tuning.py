"""Helps the databases: what SQLite knows of the data is kept fresh, and PostgreSQL may order more tables at once.

Without it SQLite guesses which index serves best, and a district's page takes seconds instead of a fifth of one.
What was written lately is put in its place every minute: while it is in the log each page is looked for there first,
and a list over all of a country takes a fifth longer. PostgreSQL does both by itself.
"""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.db import DatabaseError, connection, transaction

log = logging.getLogger(__name__)

PAUSE = 60.0  # seconds
HOUR = 60  # pauses
TABLES_AT_ONCE = 14  # that PostgreSQL orders as is quickest; by itself eight, and a figure of a few people joins more
SAMPLE = 1000  # index rows looked at: a moment's work however large the table


def refresh_statistics() -> None:
    """Look at a sample of each index. Takes the write lock for a moment; safe at any time."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        with transaction.atomic():
            cursor.execute("ANALYZE")
            _correct(cursor)


def _correct(cursor: Any) -> None:
    """Say how many rows a value of an index has where the sample could not tell.

    Counting stops at the sample's size, so an index on the programme alone seems to find about a thousand rows
    where it finds all; SQLite then reads the whole table for one district. How many values there are is cheap to
    know: from each to the next is one step in the index.
    """
    cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL")
    for table, index, stat in cursor.fetchall():
        counts = stat.split()
        if int(counts[1]) < SAMPLE:
            continue
        cursor.execute("SELECT name FROM pragma_index_info(%s) WHERE seqno = 0", [index])
        column = cursor.fetchone()[0]
        if column is None:  # an expression
            continue
        counts[1] = str(max(int(counts[1]), int(counts[0]) // max(1, _values(cursor, table, column))))
        cursor.execute(
            "UPDATE sqlite_stat1 SET stat = %s WHERE tbl = %s AND idx = %s", [" ".join(counts), table, index]
        )
    cursor.execute("ANALYZE sqlite_schema")  # reads them here
    cursor.execute("CREATE VIEW statistics_are_new AS SELECT 1")  # other connections read them when the schema changes
    cursor.execute("DROP VIEW statistics_are_new")


def _values(cursor: Any, table: str, column: str) -> int:
    """How many values an indexed column has, up to the sample's size."""
    name, of = connection.ops.quote_name(column), connection.ops.quote_name(table)
    cursor.execute(
        f"WITH RECURSIVE found(value, n) AS (SELECT MIN({name}), 1 FROM {of} UNION ALL "  # noqa: S608 - names of the schema
        f"SELECT (SELECT MIN({name}) FROM {of} WHERE {name} > found.value), n + 1 FROM found "
        f"WHERE value IS NOT NULL AND n < {SAMPLE}) SELECT COUNT(value) FROM found"
    )
    return int(cursor.fetchone()[0])


def widen_planner() -> None:
    """Let PostgreSQL order all the tables of a figure: a district's dose over five years takes a tenth of the time.

    Kept with our role in this database, so that every connection has it, those through a pooler too. Where the role
    may not be changed it goes without.
    """
    if connection.vendor != "postgresql":
        return
    database = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for setting in ("join_collapse_limit", "from_collapse_limit"):
                cursor.execute(f"SHOW {setting}")
                if int(cursor.fetchone()[0]) < TABLES_AT_ONCE:
                    cursor.execute(
                        f"ALTER ROLE CURRENT_USER IN DATABASE {database} SET {setting} = {TABLES_AT_ONCE}"  # noqa: S608
                    )
                    cursor.execute(f"SET {setting} = {TABLES_AT_ONCE}")  # for this connection, which is there already
    except DatabaseError:
        log.info("PostgreSQL orders few tables at once: some figures of a few people take longer.", exc_info=True)


def put_in_place() -> None:
    """Write what SQLite's log holds to where it belongs, as far as nobody reads older. Nobody waits for it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def keep_fresh(stop: threading.Event) -> None:
    """Put in place every minute, and refresh a minute after the start and every hour from then on, until `stop` is set.

    Never raises.
    """
    pauses = 0
    while not stop.wait(PAUSE):
        try:
            put_in_place()
            if pauses % HOUR == 0:
                refresh_statistics()
        except DatabaseError:
            log.warning("The database could not be tidied; it is tried again soon.", exc_info=True)
        finally:
            connection.close()
        pauses += 1
