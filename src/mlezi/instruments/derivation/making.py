"""Runs every deriver over one unit, and keeps a record that breaks a deriver from harming the others. Pure."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from mlezi.formats.facts import Facts
from mlezi.instruments.derivation import register
from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.known import Known
from mlezi.instruments.derivation.unit import Met, Source, Unit
from mlezi.instruments.models import Awaited
from mlezi.plumbing.bulk import Row, Table

log = logging.getLogger(__name__)

AWAITED = Table(Awaited, owner="submission_id")
PLACES = frozenset({"encounter.place", "person.place", "practice.place", "employment.place"})
PEOPLE = frozenset(
    {
        "encounter.lead",
        "participants",
        "participant",
        "person.new",
        "rating.person",
        "rating.rater",
        "practice.person",
        "action.owner",
        "respondent",
        "outcome.person",
    }
)


@dataclass(slots=True)
class Made:
    """What came of one unit. `troubles` are sentences by submission: those records are parked."""

    uid: UUID | None
    rows: dict[Table, list[Row]]
    flags: dict[UUID, list[dict[str, str]]]
    troubles: dict[UUID, str]
    met: dict[UUID, Met] = field(default_factory=dict)


class CannotMean(Exception):
    """A deriver found that a record cannot mean anything. The text says what to do, in plain words."""


def make(unit: Unit, known: Known) -> Made:
    """Derive one unit. A record that cannot be derived is left out and told of; the rest is derived without it."""
    troubles: dict[UUID, str] = {}
    sources = unit.sources
    while True:
        attempt = Unit(unit.uid, sources)
        try:
            _run(attempt, known)
        except Exception as error:
            culprits = _culprits(unit.uid, sources, known, error)
            troubles.update(culprits)
            sources = tuple(source for source in sources if source.id not in culprits)
            continue
        flags = {source.id: attempt.flags_of(source.id) for source in sources}
        return Made(attempt.uid, dict(attempt.rows), flags, troubles, attempt.met)


def _run(unit: Unit, known: Known) -> None:
    if not unit.sources:
        return
    for deriver in register.derivers():
        deriver.derive(unit, known)
    for awaits in sorted(unit.awaited, key=str):
        unit.put(
            AWAITED,
            id=derived_id(known.namespace, "awaits", *awaits),
            submission_id=awaits.submission_id,
            kind=awaits.kind,
            value=awaits.value,
        )


def _culprits(uid: UUID | None, sources: Sequence[Source], known: Known, error: Exception) -> dict[UUID, str]:
    """Which records cannot be derived even alone; when each can, the last in order goes."""
    found: dict[UUID, str] = {}
    for source in sources:
        try:
            _run(Unit(uid, (source,)), known)
        except Exception as alone:
            found[source.id] = sentence(alone)
    return found or {sources[-1].id: sentence(error)}


def sentence(error: Exception) -> str:
    """A failed derivation in words that a coordinator can act on."""
    if isinstance(error, CannotMean):
        return str(error)
    log.error("A record could not be derived.", exc_info=error)
    return (
        "This version of Mlezi could not make sense of this record. It is kept whole and nothing is lost; "
        f"it will be derived again after the next update. For the people who mend Mlezi: {type(error).__name__}: "
        f"{error}"
    )[:1000]


def people_named(facts: Facts) -> set[str]:
    """Every text that may be a person's uid."""
    return {word for fact in facts if fact.term in PEOPLE for word in fact.value.split()}


def places_named(facts: Facts) -> set[str]:
    return {fact.value for fact in facts if fact.term in PLACES}
