"""SQLite learns what its indexes hold."""

import threading

import pytest
from django.db import connection

from mlezi.plumbing import tuning


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its own statistics")
def test_the_planner_knows_the_tables_afterwards(world):
    tuning.refresh_statistics()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'places_place'")
        assert cursor.fetchone()[0] > 0


def test_it_stops_when_told(db):
    stop = threading.Event()
    stop.set()

    tuning.keep_fresh(stop)
