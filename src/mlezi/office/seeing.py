"""Whose records a figure opens to: one permission for each kind of record, and what follows for small groups."""

from __future__ import annotations

from mlezi.evaluation.indicator import Unit
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.permissions import Permission as P

NEEDS: dict[Unit, P] = {
    Unit.PLACE: P.SEE_PLACES,
    Unit.PLACE_TOPIC: P.SEE_PLACES,
    Unit.PERSON: P.SEE_PEOPLE,
    Unit.ENCOUNTER: P.SEE_ENCOUNTERS,
    Unit.PLANNED: P.SEE_ENCOUNTERS,
    Unit.RATING: P.SEE_RATINGS,
    Unit.NEED: P.SEE_NEEDS,
    Unit.ACTION: P.SEE_ACTIONS,
    Unit.CHECK: P.SEE_TRUST,
    Unit.DEVICE: P.SEE_PEOPLE,
}


def reveals(scope: Scope, where: Place) -> bool:
    """Somebody who may open every record of a place anyway is shown its small groups too."""
    return any(start <= where.path and where.path_to <= end for start, end in scope.ranges)
