"""Addresses that this reader may open; empty where the page would turn them away, so that no link leads nowhere."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from mlezi.encounters import queries as encounters
from mlezi.office import finding, links, problems
from mlezi.office.pictures.asked import Asked
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.queries import is_facility
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of


def place(asked: Asked, where: Place | None) -> str:
    """A facility's page is about a place, that of a district or region about counts."""
    if where is None:
        return ""
    needed = P.SEE_PLACES if is_facility(where) else P.SEE_COUNTS
    return links.place(asked.programme, where) if asked.may(needed) else ""


def person(asked: Asked, who: Person | None) -> str:
    if who is None:
        return ""
    with suppress(problems.NoSuchRecord):
        scope = scope_of(asked.person, P.SEE_PEOPLE, programme=asked.programme)
        finding.person(scope, who.uid, asked.programme.pk)
        return links.person(asked.programme, who)
    return ""


def encounter(asked: Asked, uid: UUID | None) -> str:
    seen = encounters.visible_to(scope_of(asked.person, P.SEE_ENCOUNTERS, programme=asked.programme))
    return links.encounter(asked.programme, uid) if uid and seen.filter(pk=uid).exists() else ""


def record(asked: Asked, uid: UUID) -> str:
    with suppress(problems.NoSuchRecord):
        if asked.may(P.SEE_ENCOUNTERS):
            finding.record(asked.person, asked.programme, uid)
            return links.page("record", asked.programme, uid)
    return ""
