"""SQLite learns what its indexes hold."""

import sqlite3
import threading
from datetime import date

import psycopg
import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from mlezi.plumbing import tuning
from mlezi.testing.makers.records import Records


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its own statistics")
def test_the_planner_knows_the_tables_afterwards(world):
    tuning.refresh_statistics()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'places_place'")
        assert cursor.fetchone()[0] > 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its own statistics")
def test_a_value_that_nearly_every_row_has_is_not_taken_for_a_rare_one(world, monkeypatch):
    monkeypatch.setattr(tuning, "SAMPLE", 5)
    records = Records(world.programme)
    skill = records.competency("newborn", "bag_mask")
    for n in range(60):
        records.rating(records.mentee(f"M{n}", world.igoma), skill, 2, date(2026, 2, 5), place=world.igoma)

    tuning.refresh_statistics()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stat FROM sqlite_stat1 WHERE tbl = 'competencies_rating' AND idx LIKE '%%programme_id%%'"
        )
        rows, of_a_programme = cursor.fetchone()[0].split()
    assert int(of_a_programme) == int(rows) >= 40


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite orders all tables of a statement")
@pytest.mark.django_db(transaction=True)
def test_a_new_connection_orders_all_the_tables_of_a_figure():
    tuning.widen_planner()
    tuning.widen_planner()
    told = connection.settings_dict
    with psycopg.connect(dbname=told["NAME"], user=told["USER"], host=told["HOST"], port=told["PORT"]) as line:
        assert line.execute("SHOW join_collapse_limit").fetchone() == (str(tuning.TABLES_AT_ONCE),)


def test_it_stops_when_told(db):
    stop = threading.Event()
    stop.set()

    tuning.keep_fresh(stop)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL does so by itself")
def test_what_was_written_lately_is_put_in_its_place(db, tmp_path, monkeypatch):
    own = ConnectionHandler({"default": {**connections.settings["default"], "NAME": str(tmp_path / "own.sqlite3")}})
    line = own["default"]
    monkeypatch.setattr(tuning, "connection", line)
    with line.cursor() as cursor:
        cursor.execute("CREATE TABLE note (words TEXT)")

    assert "note" not in without_log(tmp_path / "own.sqlite3")
    tuning.put_in_place()
    assert "note" in without_log(tmp_path / "own.sqlite3")
    line.close()


def without_log(path):
    """The tables of a database as if there were nothing beside its file."""
    alone = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    try:
        return {name for (name,) in alone.execute("SELECT name FROM sqlite_schema")}
    finally:
        alone.close()
