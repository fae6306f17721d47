"""What the raw tables declare is what the databases have."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection

from mlezi.evaluation import datasets, engines, raw

KINDS = {  # Ibis type → what the databases call it
    "boolean": {"bool", "boolean"},
    "int64": {"integer", "bigint", "smallint", "integer unsigned", "smallint unsigned", "bigint unsigned"},
    "float64": {"real", "double precision"},
    "date": {"date"},
    "timestamp('UTC')": {"datetime", "timestamp with time zone"},
    "decimal(12, 2)": {"decimal", "numeric"},
    "uuid": {"uuid"},
}


@pytest.mark.parametrize("model", raw.our_models(), ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_every_declared_column_stands_in_the_database_with_its_type(model):
    declared = raw.schema_of(model, connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT name, type FROM pragma_table_info('{model._meta.db_table}')")
        else:
            cursor.execute(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s",
                [model._meta.db_table],
            )
        found = dict(cursor.fetchall())

    for column, kind in declared.items():
        names = KINDS.get(kind) or {"varchar", "char(32)", "text", "character varying"}
        assert found[column].lower() in names or found[column].lower().startswith("varchar("), column


@pytest.mark.django_db
def test_values_come_back_with_the_promised_types(world, records):
    meeting = records.encounter(world.igoma, date(2026, 1, 10), is_backfilled=True)
    table = raw.tables(connection.vendor)["encounter"]
    chosen = table.select("uid", "held_on", "is_backfilled", "first_received_at", "minutes", flag=table.minutes > 5)

    (row,) = engines.read(engines.compiled(chosen.rename(encounter_uid="uid"), connection.vendor), {})

    assert row == {
        "encounter_uid": meeting.uid,
        "held_on": date(2026, 1, 10),
        "is_backfilled": True,
        "first_received_at": datetime(2026, 1, 10, 9, tzinfo=UTC),
        "minutes": 60,
        "flag": True,
    }
    assert [type(value) for value in row.values()] == [UUID, date, bool, datetime, int, bool]


@pytest.mark.parametrize("name", list(datasets.DATASETS))
def test_a_dataset_has_the_same_columns_everywhere(name):
    """UUIDs differ in type only: 32 digits on SQLite."""
    light = {column: str(kind) for column, kind in datasets.live("sqlite")[name].schema().items()}
    heavy = {column: str(kind) for column, kind in datasets.live("postgresql")[name].schema().items()}

    assert light == {column: kind.replace("uuid", "string") for column, kind in heavy.items()}
    assert heavy == {column: str(kind) for column, kind in datasets.stored()[name].schema().items()}
    assert not {"name", "phone", "email", "text", "detail", "note"} & set(heavy)
