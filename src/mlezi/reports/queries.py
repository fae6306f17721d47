"""Locked reports somebody may see."""

from __future__ import annotations

from django.db.models import QuerySet

from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.reports.models import LockedReport


def visible_to(scope: Scope) -> QuerySet[LockedReport]:
    """Reports about places in the scope, the newest first."""
    return LockedReport.objects.filter(scope.where()).select_related("place", "programme")


def as_reported(programme: Programme, place: Place, period: str) -> LockedReport | None:
    """The newest lock of that period and place: what was reported."""
    return LockedReport.objects.filter(programme=programme, place=place, period=period).first()
