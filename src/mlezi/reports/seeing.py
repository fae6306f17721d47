"""Which studies somebody may see, and whose names: a report is about the whole programme or not for them at all."""

from __future__ import annotations

from collections.abc import Mapping

from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.plumbing.problems import NotAllowed
from mlezi.programmes.doors import Request
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of
from mlezi.programmes.queries.participants import participants, sees_whole
from mlezi.studies import keys
from mlezi.studies.models import Snapshot


def whole(request: Request) -> None:
    """Raise `NotAllowed` unless the viewer sees the programme's whole part of the tree.

    A study's figures are of the whole programme; a part of it cannot be cut out without naming the rest.
    """
    if not sees_whole(request.scope, request.programme):
        raise NotAllowed(needed=P.SEE_STUDIES.value)


def site_names(viewer: Person, snapshot: Snapshot) -> Mapping[str, str]:
    """Key of a place → its name, for places the viewer may see."""
    scope = scope_of(viewer, P.SEE_PLACES, programme=snapshot.study.programme)
    places = Place.objects.filter(scope.where(path="path", programme=None)).values_list("id", "name")
    salt = bytes(snapshot.salt)
    return {keys.key(salt, "S", pk): name for pk, name in places}


def people(viewer: Person, snapshot: Snapshot) -> Mapping[str, Person]:
    """Key of a person → the person, where the viewer may see who people are; nobody for an evaluator."""
    programme = snapshot.study.programme
    scope = scope_of(viewer, P.SEE_PEOPLE, programme=programme)
    if not scope.ranges:
        return {}
    salt = bytes(snapshot.salt)
    return {keys.key(salt, "P", f"p{one.pk}"): one for one in participants(scope, programme)}
