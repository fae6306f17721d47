"""Places beside the programme: whether each takes part now."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Value

from mlezi.places.models import Place
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme, Site
from mlezi.programmes.queries.roles import running_on


def with_sites(places: QuerySet[Place], programme: Programme) -> QuerySet[Place]:
    """The places with `is_site`, and `of`, the programme's code, from which their address is made."""
    running = Site.objects.filter(running_on(clock.today(programme.time_zone)), programme=programme)
    return places.annotate(
        is_site=Exists(running.filter(place=OuterRef("pk"))),
        of=Value(programme.code),
    )
