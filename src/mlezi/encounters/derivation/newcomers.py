"""People whom a form describes because nobody knew them yet. Pure."""

from __future__ import annotations

from uuid import UUID

from mlezi.encounters.derivation import clock
from mlezi.encounters.derivation.meeting import Meeting
from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.known import Known
from mlezi.instruments.derivation.unit import Met, Source, Unit


def gather(meeting: Meeting | None, unit: Unit, known: Known) -> None:
    """Put everybody described on the unit; of two descriptions the stronger source's holds."""
    sources = [source for _, source in meeting.ranked] if meeting else unit.sources
    for source in sources:
        for fact in source.facts.having("person.new"):
            uid = answers.uid(fact.value)
            if uid is None:
                unit.flag(source, fact, "not_an_id")
            elif uid not in unit.met:
                unit.met[uid] = _read(uid, meeting, source, fact, known)


def _read(uid: UUID, meeting: Meeting | None, source: Source, fact: Fact, known: Known) -> Met:
    name, cadre, phone = (source.facts.near(fact, f"person.{what}") for what in ("name", "cadre", "phone"))
    return Met(
        uid=uid,
        name=name.value[:200] if name else "",
        cadre=cadre.value[:60] if cadre else "",
        phone=phone.value[:40] if phone else "",
        place_id=_place(meeting, source, fact, known),
        on=meeting.held_on if meeting and meeting.held_on else clock.fallback_day(source, known),
        submission_id=source.id,
    )


def _place(meeting: Meeting | None, source: Source, fact: Fact, known: Known) -> int | None:
    """Where they work: as the form says of them, else where the meeting was."""
    said = source.facts.near(fact, "person.place")
    works_at = known.place(said.value) if said else None
    if works_at:
        return works_at.id
    if meeting:
        return meeting.place.id if meeting.place else None
    named = (known.place(fact.value) for fact in source.facts.having("encounter.place"))
    place = next((place for place in named if place), None)
    return place.id if place else None
