"""A subtree is a range of paths; that holds only where paths are compared sign by sign."""

import pytest
from django.db import connection


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compares bytes")
@pytest.mark.django_db
def test_paths_are_compared_sign_by_sign():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns"
            " WHERE table_name = 'places_place' AND column_name = 'path'"
        )
        assert cursor.fetchone() == ("C",)
