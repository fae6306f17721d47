"""What became of people, as far as somebody may see it."""

from __future__ import annotations

from django.db.models import QuerySet

from mlezi.outcomes.models import Outcome
from mlezi.people.models import Post
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.programmes.queries.participants import participants


def outcomes(scope: Scope, programme: Programme) -> QuerySet[Outcome]:
    people = participants(scope, programme).values("pk")
    return Outcome.objects.filter(programme=programme, person__in=people).select_related("person")


def employment(scope: Scope, programme: Programme) -> QuerySet[Post]:
    people = participants(scope, programme).values("pk")
    return Post.objects.filter(person__in=people).select_related("person", "place")
