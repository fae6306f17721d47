"""Guidance of a programme: whoever takes part may read it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Length

from mlezi.field import problems
from mlezi.field.models import Material
from mlezi.programmes.models import Programme


def materials(programme: Programme) -> QuerySet[Material]:
    """Without their content; `size` is its length in bytes."""
    return Material.objects.filter(programme=programme).annotate(size=Length("content")).defer("content")


def material(programme: Programme, name: str) -> Material:
    """That file with its content. Raises `NoSuchMaterial`."""
    found = Material.objects.filter(programme=programme, name=name).first()
    if found is None:
        raise problems.NoSuchMaterial
    return found
