"""Keeps the planner's picture of the data fresh. PostgreSQL does so by itself; SQLite must be told.

Without it SQLite guesses which index serves best, and a district's page takes seconds instead of a fifth of one.
"""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)

FIRST, EVERY = 60.0, 3600.0  # seconds
SAMPLE = 1000  # index rows looked at: a moment's work however large the table


def refresh_statistics() -> None:
    """Look at a sample of each index. Takes the write lock for a moment; safe at any time."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("ANALYZE")


def keep_fresh(stop: threading.Event) -> None:
    """Refresh a minute after the start and every hour from then on, until `stop` is set. Never raises."""
    pause = FIRST
    while not stop.wait(pause):
        pause = EVERY
        try:
            refresh_statistics()
        except DatabaseError:
            log.warning("The statistics could not be refreshed; it is tried again in an hour.", exc_info=True)
        finally:
            connection.close()
