"""Who took part in a meeting, from every form that says so. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from mlezi.encounters.derivation.meeting import Meeting, person, truth
from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.known import Known, Who
from mlezi.instruments.derivation.unit import Source, Unit

NAMED = ("participants", "participant", "person.new")


@dataclass(slots=True)
class Part:
    """One person's part: the strongest word on each point."""

    who: Who
    named_uid: UUID
    is_present: bool | None = None
    minutes: int | None = None
    differs: bool = False


def gather(meeting: Meeting, unit: Unit, known: Known) -> dict[int, Part]:
    """Everybody named by any source, by row id after merges."""
    parts: dict[int, Part] = {}
    for _, source in meeting.ranked:
        for fact, text in _namings(source):
            who = _person(unit, source, fact, text, known)
            if who:
                part = parts.setdefault(who.id, Part(who, answers.uid(text) or who.uid))
                _take(part, source, fact, meeting, unit)
    for _, source in meeting.ranked:
        for who, uid in _implied(meeting, unit, source, known):
            part = parts.setdefault(who.id, Part(who, uid))
            part.is_present = True if part.is_present is None else part.is_present
    if meeting.lead:
        lead = parts.setdefault(meeting.lead.id, Part(meeting.lead, meeting.lead.uid))
        lead.is_present = True if lead.is_present is None else lead.is_present
    return parts


def _namings(source: Source) -> Iterator[tuple[Fact, str]]:
    for fact in source.facts.having(*NAMED):
        for text in answers.choices(fact.value):
            yield fact, text


def _person(unit: Unit, source: Source, fact: Fact, text: str, known: Known) -> Who | None:
    """The person named. Somebody met on this very visit is nobody yet, and no mistake either."""
    is_new = answers.uid(text) in unit.met and known.person(answers.uid(text)) is None
    return None if is_new else person(unit, source, fact, text, known)


def _take(part: Part, source: Source, fact: Fact, meeting: Meeting, unit: Unit) -> None:
    """Add one source's word; what a stronger one said stands."""
    near = source.facts.near
    alone = fact.term != "participants"
    said = near(fact, "participant.present") if alone else None
    is_present = truth(unit, source, said) if said else True
    if part.is_present is None:
        part.is_present = is_present
    elif is_present is not None and is_present != part.is_present:
        part.differs = True
    length = near(fact, "participant.minutes") if alone else None
    if length and part.minutes is None:
        minutes = answers.whole(length.value)
        if minutes is None or not 0 <= minutes <= meeting.kind.longest_minutes:
            unit.flag(source, length, "not_a_number")
        else:
            part.minutes = minutes


def _implied(meeting: Meeting, unit: Unit, source: Source, known: Known) -> Iterator[tuple[Who, UUID]]:
    """People a form rates, and a mentee who sends a form about the meeting, were there."""
    for fact in source.facts.having("rating.person"):
        who = _person(unit, source, fact, fact.value, known)
        if who:
            yield who, answers.uid(fact.value) or who.uid
    sender = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
    if sender and (meeting.lead is None or sender.id != meeting.lead.id) and _is_mentee(sender):
        yield sender, sender.uid


def _is_mentee(who: Who) -> bool:
    return any(part == "mentee" for part, _, _ in who.enrolments)
