"""The raw tables: one typed Ibis table for each of our models, read off Django's `_meta`.

No database is ever introspected: introspection commits on SQLite. A test compares what is declared here
with both databases. Columns that no dataset may use (bytes, JSON) are left out.

Types differ in one point. A UUID column holds 32 hexadecimal digits on SQLite and a uuid on PostgreSQL;
declared as uuid on SQLite it would silently match nothing. So it is declared as what it is in each.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import ibis
from django.apps import apps
from django.db import models

TYPES: tuple[tuple[type[models.Field[Any, Any]], str], ...] = (
    (models.BooleanField, "boolean"),
    (models.DateTimeField, "timestamp('UTC')"),
    (models.DateField, "date"),
    (models.DecimalField, "decimal(12, 2)"),
    (models.FloatField, "float64"),
    (models.IntegerField, "int64"),
    (models.CharField, "string"),
    (models.TextField, "string"),
)
LEFT_OUT = (models.BinaryField, models.JSONField)


def kind_of(field: models.Field[Any, Any], vendor: str) -> str | None:
    """The Ibis type of a model field on a database ("sqlite", "postgresql"); None when it is left out."""
    if isinstance(field, models.ForeignKey):
        return kind_of(field.target_field, vendor)
    if isinstance(field, models.UUIDField):
        return "string" if vendor == "sqlite" else "uuid"
    if isinstance(field, LEFT_OUT):
        return None
    for known, name in TYPES:
        if isinstance(field, known):
            return name
    raise TypeError(f"{field} has a type that datasets do not know")


def schema_of(model: type[models.Model], vendor: str) -> dict[str, str]:
    """Column name → Ibis type, in the model's order."""
    kinds = ((field.column, kind_of(field, vendor)) for field in model._meta.concrete_fields)
    return {str(column): kind for column, kind in kinds if kind is not None}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("mlezi.")]


@functools.cache
def tables(vendor: str) -> Mapping[str, Any]:
    """Every raw table by its model's name in lower case, as in `raw["attendance"]`."""
    return MappingProxyType(
        {
            str(model._meta.model_name): ibis.table(schema_of(model, vendor), name=model._meta.db_table)
            for model in our_models()
        }
    )
