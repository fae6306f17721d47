"""Derives Encounter, Attendance, CoveredTopic, Note and Claim rows of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from mlezi.encounters.derivation import clock, newcomers, plans, taking_part
from mlezi.encounters.derivation.meeting import Meeting, meet
from mlezi.encounters.derivation.plans import Plans
from mlezi.encounters.derivation.taking_part import Part
from mlezi.encounters.models import Attendance, Claim, CoveredTopic, Encounter, Note
from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.formats.identifiers import looks_like_a_patient
from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.known import Known, Where, Who
from mlezi.instruments.derivation.unit import Source, Unit
from mlezi.plumbing.bulk import Table

ENCOUNTER = Table(Encounter, owner="uid")
ATTENDANCE = Table(Attendance, owner="encounter_id")
TOPIC = Table(CoveredTopic, owner="encounter_id")
NOTE = Table(Note, owner="encounter_id")
CLAIM = Table(Claim, owner="encounter_id")


WORDS = ("encounter.note", "participant.note", "action", "need.detail")
PATIENT = "may_name_patient"


class EncounterDeriver:
    name = "encounters"
    tables = (ENCOUNTER, ATTENDANCE, TOPIC, NOTE, CLAIM)

    def load(self, known: Known, uids: Sequence[UUID] | None) -> Plans:
        return plans.load(known, uids)

    def derive(self, unit: Unit, known: Known) -> None:
        meeting = meet(unit, known, known.of[self.name])
        unit.found[self.name] = meeting
        newcomers.gather(meeting, unit, known)
        _watch_words(unit)
        if meeting is None:
            return
        parts = {} if meeting.is_void else taking_part.gather(meeting, unit, known)
        if not meeting.took_place:
            parts = {}
        meeting.present = {part.who.id: part.who for part in parts.values() if part.is_present is not False}
        _put_attendances(meeting, parts, unit, known)
        if meeting.took_place:
            _put_topics(meeting, unit, known)
        if not meeting.is_void:
            _put_notes(meeting, parts, unit, known)
        has_conflict = _put_claims(meeting, parts, unit, known)
        _put_encounter(meeting, unit, known, has_conflict)


def meeting_of(unit: Unit) -> Meeting | None:
    """What the encounters' deriver found, for the derivers above."""
    found: Meeting | None = unit.found.get(EncounterDeriver.name)
    return found


def day_of(unit: Unit, source: Source, known: Known) -> date:
    """The day a record is about: the meeting's, else the one it names, else when the phone closed the form."""
    meeting = meeting_of(unit)
    if meeting and meeting.held_on:
        return meeting.held_on
    for fact in source.facts.having("encounter.date") if meeting is None else ():
        named = clock.day(unit, source, fact, known)
        if named:
            return named
    return clock.fallback_day(source, known)


def place_of(unit: Unit, source: Source, known: Known) -> Where | None:
    """The place a record is about: the meeting's, else the one it names itself."""
    meeting = meeting_of(unit)
    if meeting:
        return meeting.place
    for fact in source.facts.having("encounter.place"):
        place = known.place(fact.value)
        if place:
            return place
        unit.flag(source, fact, "unknown_place")
        unit.awaits(source, "place", fact.value)
    return None


class Setting(NamedTuple):
    """When and where a record's contents belong, and to which encounter."""

    on: date
    place_id: int | None
    encounter_uid: UUID | None


def setting(unit: Unit, source: Source, known: Known) -> Setting:
    place = place_of(unit, source, known)
    uid = unit.uid if meeting_of(unit) else None
    return Setting(day_of(unit, source, known), place.id if place else None, uid)


def counts(unit: Unit) -> bool:
    """Whether what was recorded there may count: not when somebody said that it never took place."""
    meeting = meeting_of(unit)
    return meeting is None or not meeting.is_void


def _watch_words(unit: Unit) -> None:
    """Flag free text that looks as if it named or numbered a patient."""
    for source in unit.sources:
        for fact in source.facts.having(*WORDS):
            if looks_like_a_patient(fact.value):
                unit.flag(source, fact, PATIENT)


def _put_encounter(meeting: Meeting, unit: Unit, known: Known, has_conflict: bool) -> None:
    first = min(source.received_at for source in unit.sources)
    arrived = clock.local_day(first, known.zone)
    lead_id = meeting.lead.id if meeting.lead else None
    plan = meeting.plan
    unit.put(
        ENCOUNTER,
        uid=meeting.uid,
        programme_id=known.programme_id,
        type_id=meeting.kind.id,
        mode=meeting.kind.mode,
        place_id=meeting.place.id if meeting.place else None,
        lead_id=lead_id,
        held_on=meeting.held_on,
        started_at=meeting.started_at,
        ended_at=meeting.ended_at,
        minutes=meeting.minutes,
        minutes_from=meeting.minutes_from,
        planned_uid=meeting.uid if plan else None,
        planned_minutes=plan.planned_minutes if plan and plan.planned_minutes else meeting.kind.planned_minutes,
        n_participants=sum(1 for pk in meeting.present if pk != lead_id),
        next_on=meeting.next_on,
        latitude=meeting.position[0] if meeting.position else None,
        longitude=meeting.position[1] if meeting.position else None,
        first_received_at=first,
        days_to_receipt=(arrived - meeting.held_on).days if meeting.held_on else None,
        is_backfilled=meeting.ranked[0][1].kind == "paper",
        has_conflict=has_conflict,
        flags=_flags(unit),
        cancelled_because=meeting.cancelled_because,
        n_sources=min(len(unit.sources), 32_000),
    )


def _flags(unit: Unit) -> list[dict[str, str]]:
    marks = {(path, rule) for flags in unit.flags.values() for path, _, rule in flags}
    return [{"path": path, "rule": rule} for path, rule in sorted(marks)]


def _put_attendances(meeting: Meeting, parts: dict[int, Part], unit: Unit, known: Known) -> None:
    for part in parts.values():
        who = part.who
        unit.put(
            ATTENDANCE,
            id=derived_id(known.namespace, meeting.uid, "attendance", who.uid),
            encounter_id=meeting.uid,
            person_id=who.id,
            named_uid=part.named_uid,
            part=_part(who, meeting),
            cadre=who.cadre_on(meeting.held_on),
            minutes=part.minutes,
            is_present=part.is_present is not False,
        )


def _part(who: Who, meeting: Meeting) -> str:
    if meeting.lead and who.id == meeting.lead.id:
        return Attendance.Part.LEAD.value
    is_colleague = who.is_only_mentor_on(meeting.held_on)
    return Attendance.Part.OTHER.value if is_colleague else Attendance.Part.MENTEE.value


def _put_topics(meeting: Meeting, unit: Unit, known: Known) -> None:
    said = (fact for _, source in meeting.ranked for fact in source.facts.having("encounter.topics"))
    topics = dict.fromkeys(topic[:60] for fact in said for topic in answers.choices(fact.value))
    for topic in topics:
        if not answers.is_nothing(topic):
            key = derived_id(known.namespace, meeting.uid, "topic", topic)
            unit.put(TOPIC, id=key, encounter_id=meeting.uid, topic=topic)


def _put_notes(meeting: Meeting, parts: dict[int, Part], unit: Unit, known: Known) -> None:
    for _, source in meeting.ranked:
        author = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
        for fact in source.facts.having("encounter.note", "participant.note"):
            about = _about(source, fact, known) if fact.term == "participant.note" else None
            unit.put(
                NOTE,
                id=derived_id(known.namespace, source.root_id, fact.path, fact.key),
                encounter_id=meeting.uid,
                submission_id=source.id,
                author_id=author.id if author else (meeting.lead.id if meeting.lead else None),
                about_id=about.id if about else None,
                kind=Note.OWN if author and _is_their_own(author, meeting, parts) else "coaching",
                text=fact.value,
            )


def _about(source: Source, fact: Fact, known: Known) -> Who | None:
    named = source.facts.around(fact, "participant", "person.new", "rating.person")
    return known.person(answers.uid(named.value)) if named else None


def _is_their_own(author: Who, meeting: Meeting, parts: dict[int, Part]) -> bool:
    """A mentee's words about their own meeting stay theirs."""
    is_lead = meeting.lead is not None and meeting.lead.id == author.id
    return author.id in parts and not is_lead and _part(author, meeting) == Attendance.Part.MENTEE.value


def _put_claims(meeting: Meeting, parts: dict[int, Part], unit: Unit, known: Known) -> bool:
    """Keep every source's word on fields where they differ."""
    has_conflict = any(part.differs for part in parts.values())
    for field in meeting.fields:
        if not field.differs:
            continue
        has_conflict = True
        for precedence, said in enumerate(field.said):
            unit.put(
                CLAIM,
                id=derived_id(
                    known.namespace, meeting.uid, "claim", field.name, said.source.form_id, said.source.root_id
                ),
                encounter_id=meeting.uid,
                submission_id=said.source.id,
                field=field.name,
                value=said.text,
                precedence=precedence,
                holds=bool(said.value == field.value),
            )
    return has_conflict
