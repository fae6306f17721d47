"""From records to outcomes of people and to times in employment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from mlezi.encounters.derivation.deriver import counts, day_of
from mlezi.encounters.derivation.meeting import person
from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.known import Known, Who
from mlezi.instruments.derivation.unit import Source, Unit
from mlezi.outcomes.models import Outcome, Spell
from mlezi.plumbing.bulk import Table

OUTCOME = Table(Outcome, owner="submission_id")
SPELL = Table(Spell, owner="submission_id")
WHOM = ("outcome.person", "respondent", "participant")


class OutcomeDeriver:
    name = "outcomes"
    tables = (OUTCOME, SPELL)

    def load(self, known: Known, uids: Sequence[UUID] | None) -> None:
        """Nothing more than people and places."""

    def derive(self, unit: Unit, known: Known) -> None:
        if not counts(unit):
            return
        for source in unit.sources:
            for fact in source.facts.having("outcome", "milestone"):
                _outcome(unit, source, fact, known)
            for fact in source.facts.having("employment.from"):
                _spell(unit, source, fact, known)


def _outcome(unit: Unit, source: Source, fact: Fact, known: Known) -> None:
    """`outcome:kind` holds a number; `milestone:name` the day it was reached."""
    who = _who(unit, source, fact, known)
    if who is None:
        return
    is_milestone = fact.term == "milestone"
    value = None if is_milestone else answers.number(fact.value)
    day = answers.day(fact.value) if is_milestone else _near_day(source, fact, "outcome.date")
    if is_milestone and day is None:
        unit.flag(source, fact, "not_a_date")
        return
    if not is_milestone and value is None:
        unit.flag(source, fact, "not_a_number")
        return
    due, label, measure = (source.facts.near(fact, name) for name in ("outcome.due", "outcome.label", "outcome.unit"))
    unit.put(
        OUTCOME,
        id=derived_id(known.namespace, source.root_id, fact.path, fact.key),
        programme_id=known.programme_id,
        person_id=who.id,
        kind="milestone" if is_milestone else fact.argument[:60],
        on_day=day or day_of(unit, source, known),
        due_on=answers.day(due.value) if due else None,
        value=value,
        unit=measure.value[:30] if measure else "",
        label=fact.argument[:250] if is_milestone else label.value[:250] if label else "",
        submission_id=source.id,
    )


def _spell(unit: Unit, source: Source, fact: Fact, known: Known) -> None:
    who, begun = _who(unit, source, fact, known), answers.day(fact.value)
    if who is None:
        return
    if begun is None:
        unit.flag(source, fact, "not_a_date")
        return
    to, reason, where = (source.facts.near(fact, f"employment.{name}") for name in ("to", "reason", "place"))
    ended = answers.day(to.value) if to else None
    if to and ended is None:
        unit.flag(source, to, "not_a_date")
    if to and ended and ended < begun:
        unit.flag(source, to, "ends_before_start")
        ended = None
    place = known.place(where.value) if where else None
    if where and place is None:
        unit.flag(source, where, "unknown_place")
        unit.awaits(source, "place", where.value)
    unit.put(
        SPELL,
        id=derived_id(known.namespace, source.root_id, fact.path, fact.key),
        programme_id=known.programme_id,
        person_id=who.id,
        place_id=place.id if place else None,
        cadre=who.cadre_on(begun),
        from_on=begun,
        to_on=ended,
        reason=reason.value[:40] if reason else "",
        submission_id=source.id,
    )


def _near_day(source: Source, fact: Fact, term: str) -> date | None:
    named = source.facts.near(fact, term)
    return answers.day(named.value) if named else None


def _who(unit: Unit, source: Source, fact: Fact, known: Known) -> Who | None:
    named = source.facts.around(fact, *WHOM)
    if named:
        return person(unit, source, named, named.value, known)
    sender = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
    if sender is None:
        unit.flag(source, fact, "nobody_named")
    return sender
