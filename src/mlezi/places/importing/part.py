"""Hands the import of places to the house."""

from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds
from mlezi.places.importing.columns import columns
from mlezi.places.importing.judging import judge
from mlezi.places.importing.writing import write


def register() -> None:
    kinds.register("places", _("Places"), "places", kinds.Part(columns, judge, write))
