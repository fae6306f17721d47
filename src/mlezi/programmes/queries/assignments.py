"""Roles given in a programme, as far as somebody may see them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme, RoleAssignment
from mlezi.programmes.queries.participants import sees_whole


def listed(scope: Scope, programme: Programme) -> QuerySet[RoleAssignment]:
    """Roles over places in the scope; those over everything only for whoever sees the programme's whole part."""
    inside = scope.where()
    if sees_whole(scope, programme):
        inside |= Q(programme=programme, place=None)
    return RoleAssignment.objects.filter(inside).select_related("person", "place")
