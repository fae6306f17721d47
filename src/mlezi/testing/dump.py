"""All derived tables as text, the same whatever row numbers a database gave out. For comparing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from mlezi.instruments.derivation import register
from mlezi.instruments.derivation.making import AWAITED
from mlezi.instruments.models import Submission
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.resources.needs import NEED

NAMES: Mapping[type[models.Model], str] = {Person: "uid", Place: "code", Submission: "instance_id"}


def derived() -> str:
    """Every derived row, one a line, sorted."""
    tables = (*register.tables(), AWAITED, NEED)
    return "\n".join(line for table in tables for line in sorted(_lines(table.model)))


def states() -> str:
    """How it went with every submission."""
    columns = ("instance_id", "state", "encounter_uid", "flags", "trouble", "derived_with")
    rows = Submission.objects.order_by("instance_id").values_list(*columns)
    return "\n".join(str(row) for row in rows)


def _lines(model: type[models.Model]) -> Iterable[str]:
    fields = {field.attname: _path(field) for field in model._meta.concrete_fields}
    names = _names(model)
    for row in model._default_manager.values(*fields.values()):
        values = {column: row[path] for column, path in fields.items()}
        if model.__name__ == "ActionDecision":
            values["submission"] = names.get(values["submission"])
        if model.__name__ == "Awaited":
            del values["id"]  # made from the submission's row id, which a test does not choose
        yield f"{model.__name__} {values}"


def _names(model: type[models.Model]) -> dict[Any, str]:
    if model.__name__ != "ActionDecision":
        return {}
    return dict(Submission.objects.values_list("id", "instance_id"))


def _path(field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.ForeignKey) and field.related_model in NAMES:
        return f"{field.name}__{NAMES[field.related_model]}"
    return field.attname
