"""Conditions of partial indexes, said word for word.

A database takes such an index only where a statement says its condition as the index does, and a value that is sent
beside the statement says nothing. Without it a count of the ten rows that wait reads the million that do not.
"""

from __future__ import annotations

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL


def said(condition: str) -> RawSQL:
    """The condition, with the table before each column, for `filter`. Not within another statement: there a table has
    another name."""
    return RawSQL(condition, (), output_field=BooleanField())  # noqa: S611 - our own words, no value in them
