"""One meeting out of many records: what holds, where they differ. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from mlezi.encounters.derivation import claims, clock
from mlezi.encounters.derivation.claims import Field
from mlezi.encounters.derivation.plans import Kind, Plan, Plans
from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.identity import states_an_encounter
from mlezi.instruments.derivation.known import Known, Where, Who
from mlezi.instruments.derivation.making import CannotMean
from mlezi.instruments.derivation.unit import Source, Unit

VOID = "void"
NOT_SAID = "not_said"


@dataclass(slots=True)
class Meeting:
    """What holds of one encounter, for this room's rows and for the derivers above."""

    uid: UUID
    kind: Kind
    plan: Plan | None
    ranked: list[tuple[int, Source]]
    place: Where | None = None
    lead: Who | None = None
    held_on: date | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: int | None = None
    minutes_from: str = ""
    next_on: date | None = None
    position: tuple[float, float] | None = None
    cancelled_because: str = ""
    fields: list[Field[Any]] = field(default_factory=list)
    present: dict[int, Who] = field(default_factory=dict)  # who took part, lead included

    @property
    def took_place(self) -> bool:
        return not self.cancelled_because

    @property
    def is_void(self) -> bool:
        return self.cancelled_because == VOID


def meet(unit: Unit, known: Known, plans: Plans) -> Meeting | None:
    """Resolve the unit's encounter; None when its records are about none.

    Raises `CannotMean` when a record names an encounter but no type of the programme fits it.
    """
    if unit.uid is None:
        return None
    plan = plans.planned.get(unit.uid)
    decided = plans.decided.get(unit.uid, {})
    kind, types = _kind(unit, plans, plan, decided)
    if kind is None:
        if any(states_an_encounter(source.facts) for source in unit.sources):
            raise CannotMean(
                "No encounter type of this programme lists this form, so it is not known what kind of meeting it "
                "was. Add the form to an encounter type in the blueprint and apply it; the record is then derived."
            )
        return None
    meeting = Meeting(unit.uid, kind, plan, claims.ranked(unit.sources, kind.forms), fields=[types])
    _where(meeting, unit, known, decided)
    _who(meeting, unit, known, decided)
    _when(meeting, unit, known, decided)
    _whether(meeting, unit, decided)
    return meeting


def _kind(unit: Unit, plans: Plans, plan: Plan | None, decided: dict[str, str]) -> tuple[Kind | None, Field[Kind]]:
    """Its type: decided, planned, stated by a form, or the one whose list has the form first."""

    def read(source: Source, fact: Fact) -> Kind | None:
        kind = plans.kinds.get(fact.value)
        if kind is None:
            unit.flag(source, fact, "unknown_type")
            unit.awaits(source, "type", fact.value)
        return kind

    stated = claims.gather(
        "type", [(0, source) for source in unit.sources], ("encounter.type",), read, lambda kind: kind.code
    )
    stated.said.sort(key=lambda said: (said.value.forms.get(said.source.form_id, claims.LAST), said.source.root_id))
    by_form = sorted(
        (kind.forms[source.form_id], kind.code)
        for source in unit.sources
        for kind in plans.by_form.get(source.form_id, ())
    )
    person = plans.kinds.get(decided.get("type", ""))
    kind = stated.settle(person or (plans.by_id.get(plan.kind_id) if plan else None))
    return kind or (plans.kinds[by_form[0][1]] if by_form else None), stated


def _where(meeting: Meeting, unit: Unit, known: Known, decided: dict[str, str]) -> None:
    def read(source: Source, fact: Fact) -> Where | None:
        place = known.place(fact.value)
        if place is None:
            unit.flag(source, fact, "unknown_place")
            unit.awaits(source, "place", fact.value)
        return place

    places = claims.gather("place", meeting.ranked, ("encounter.place",), read, lambda place: place.code)
    planned = known.places_by_id.get(meeting.plan.place_id) if meeting.plan else None
    meeting.place = places.settle(claims.any_value(decided, "place", known.place)) or planned
    meeting.fields.append(places)
    meeting.position = claims.gather("position", meeting.ranked, ("encounter.position",), _position(unit)).settle()


def _position(unit: Unit) -> Callable[[Source, Fact], tuple[float, float] | None]:
    def read(source: Source, fact: Fact) -> tuple[float, float] | None:
        point = answers.geopoint(fact.value)
        if point is None and not answers.is_no_fix(fact.value):
            unit.flag(source, fact, "not_a_position")
        return point

    return read


def _who(meeting: Meeting, unit: Unit, known: Known, decided: dict[str, str]) -> None:
    """The lead: decided, stated, the sender of the main form, or as planned."""

    def read(source: Source, fact: Fact) -> Who | None:
        return person(unit, source, fact, fact.value, known)

    leads = claims.gather("lead", meeting.ranked, ("encounter.lead",), read, lambda who: str(who.uid))
    stated = leads.settle(claims.any_value(decided, "lead", lambda text: known.person(answers.uid(text))))
    senders = [
        known.people_by_id.get(source.sender_id)
        for rank, source in meeting.ranked
        if rank == 0 and source.sender_id is not None and source.kind != "paper"
    ]
    planned = known.people_by_id.get(meeting.plan.lead_id) if meeting.plan and meeting.plan.lead_id else None
    meeting.lead = stated or next((who for who in senders if who), None) or planned
    meeting.fields.append(leads)


def _when(meeting: Meeting, unit: Unit, known: Known, decided: dict[str, str]) -> None:
    days = claims.gather(
        "held_on", meeting.ranked, ("encounter.date",), lambda source, fact: clock.day(unit, source, fact, known)
    )
    by_source = {said.source.id: said.value for said in days.said}
    longest = meeting.kind.longest_minutes
    spans = [
        clock.span(unit, source, known, stated=by_source.get(source.id) or days.settle(), longest=longest)
        for _, source in meeting.ranked
    ]
    held = days.settle(claims.any_value(decided, "held_on", answers.day))
    by_clock = next((span.day for span in spans if span.day), None)
    was_asked = any(s.facts.having("encounter.date", "encounter.start") for _, s in meeting.ranked)
    meeting.held_on = held or by_clock
    if meeting.held_on is None and not was_asked:
        meeting.held_on = clock.fallback_day(meeting.ranked[0][1], known)
    meeting.started_at = next((span.started_at for span in spans if span.started_at), None)
    meeting.ended_at = next((span.ended_at for span in spans if span.ended_at), None)
    if meeting.started_at and meeting.ended_at and meeting.ended_at < meeting.started_at:
        meeting.ended_at = None
    meeting.fields.append(days)
    _how_long(meeting, unit, spans, decided)
    _next(meeting, unit)


def _how_long(meeting: Meeting, unit: Unit, spans: list[clock.Span], decided: dict[str, str]) -> None:
    def read(source: Source, fact: Fact) -> int | None:
        value = answers.whole(fact.value)
        if value is None or value < 1:
            unit.flag(source, fact, "not_a_number")
            return None
        if value > meeting.kind.longest_minutes:
            unit.flag(source, fact, "too_many_minutes")
            return None
        return value

    stated = claims.gather("minutes", meeting.ranked, ("encounter.minutes",), read)
    person = claims.any_value(decided, "minutes", answers.whole)
    by_clock = next((span.minutes for span in spans if span.minutes), None)
    meeting.minutes = stated.settle(person) or by_clock
    if meeting.minutes:
        meeting.minutes_from = "decided" if person else ("stated" if stated.value else "clock")
    meeting.fields.append(stated)


def _next(meeting: Meeting, unit: Unit) -> None:
    def read(source: Source, fact: Fact) -> date | None:
        named = answers.day(fact.value)
        if named is None:
            unit.flag(source, fact, "not_a_date")
            return None
        since = meeting.held_on or source.received_at.date()
        if not 0 <= (named - since).days <= 2 * 366:
            unit.flag(source, fact, "next_before_this")
            return None
        return named

    following = claims.gather("next_on", meeting.ranked, ("encounter.next_date",), read)
    meeting.next_on = following.settle()
    meeting.fields.append(following)


def _whether(meeting: Meeting, unit: Unit, decided: dict[str, str]) -> None:
    """Whether it took place at all: a person's word, else the strongest form that says so."""
    held = claims.gather("held", meeting.ranked, ("encounter.held",), lambda source, fact: truth(unit, source, fact))
    because = claims.gather("because", meeting.ranked, ("encounter.cancelled_because",), lambda _, fact: fact.value)
    meeting.fields.append(held)
    if held.settle() is False:
        meeting.cancelled_because = (because.settle() or NOT_SAID)[:40]
    if answers.truth(decided.get("held", "")) is True:
        meeting.cancelled_because = ""
    if answers.truth(decided.get(VOID, "")) is True:
        meeting.cancelled_because = VOID
    if meeting.cancelled_because:
        meeting.minutes, meeting.minutes_from, meeting.started_at, meeting.ended_at = None, "", None, None


def truth(unit: Unit, source: Source, fact: Fact) -> bool | None:
    """Yes or no; flagged when the answer is neither."""
    said = answers.truth(fact.value)
    if said is None:
        unit.flag(source, fact, "not_yes_or_no")
    return said


def person(unit: Unit, source: Source, fact: Fact, text: str, known: Known) -> Who | None:
    """The person an answer names; flagged, and awaited, when nobody is known by that id."""
    uid = answers.uid(text)
    if uid is None:
        unit.flag(source, fact, "not_an_id")
        return None
    who = known.person(uid)
    if who is None:
        unit.flag(source, fact, "unknown_person")
        unit.awaits(source, "person", uid)
    return who
