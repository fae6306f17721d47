"""From records to agreed actions, and to those a form found done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

from mlezi.encounters.derivation.deriver import counts, day_of, meeting_of, place_of
from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.known import Known, Who
from mlezi.instruments.derivation.unit import Source, Unit
from mlezi.plumbing.bulk import Table

ACTION = Table(AgreedAction, owner="submission_id", apart=("outcome", "decided_on"))  # those keeps `holding`
LONGEST_YEARS = 5  # an action due later is a slip of the finger
REPORTED = Table(ActionDecision, owner="submission")


class GoalDeriver:
    name = "goals"
    tables = (ACTION, REPORTED)

    def load(self, known: Known, uids: Sequence[UUID] | None) -> None:
        """Nothing more than people and places."""

    def derive(self, unit: Unit, known: Known) -> None:
        if not counts(unit):
            return
        for source in unit.sources:
            for fact in source.facts.having("action"):
                _agree(unit, source, fact, known)
            for fact in source.facts.having("actions.done"):
                for text in answers.choices(fact.value):
                    _report(unit, source, fact, text, known)


def _agree(unit: Unit, source: Source, fact: Fact, known: Known) -> None:
    near = source.facts.near
    owner, topic, due = near(fact, "action.owner"), near(fact, "action.topic"), near(fact, "action.due")
    who, words = _owner(unit, source, owner, known)
    place = place_of(unit, source, known)
    unit.put(
        ACTION,
        id=derived_id(known.namespace, source.root_id, fact.path, fact.key),
        programme_id=known.programme_id,
        submission_id=source.id,
        encounter_uid=unit.uid if meeting_of(unit) else None,
        place_id=place.id if place else None,
        owner_id=who.id if who else None,
        owner_text=words,
        topic=topic.value[:60] if topic else "",
        text=fact.value,
        agreed_on=day_of(unit, source, known),
        due_on=_due(unit, source, due) if due else None,
    )


def _due(unit: Unit, source: Source, fact: Fact) -> date | None:
    """The day, unless it cannot be: judged only against a day of the meeting that is known for sure."""
    due_on = answers.day(fact.value)
    if due_on is None:
        unit.flag(source, fact, "not_a_date")
        return None
    meeting = meeting_of(unit)
    if meeting and meeting.held_on and not 0 <= (due_on - meeting.held_on).days <= LONGEST_YEARS * 366:
        unit.flag(source, fact, "due_before_this")
        return None
    return due_on


def _owner(unit: Unit, source: Source, fact: Fact | None, known: Known) -> tuple[Who | None, str]:
    """A person, or the words that were written. An id that nobody has yet is awaited."""
    if fact is None:
        return None, ""
    uid = answers.uid(fact.value)
    if uid is None:
        return None, fact.value[:200]
    who = known.person(uid)
    if who is None and uid not in unit.met:
        unit.flag(source, fact, "unknown_person")
        unit.awaits(source, "person", uid)
    return who, ""


def _report(unit: Unit, source: Source, fact: Fact, text: str, known: Known) -> None:
    """A form says that an earlier action was found done. It counts from the day of the meeting."""
    action_id = answers.uid(text)
    if action_id is None:
        if not answers.is_nothing(text):
            unit.flag(source, fact, "not_an_id")
        return
    day = day_of(unit, source, known)
    said_at = source.device_time_at or datetime.combine(day, time(12), known.zone).astimezone(UTC)
    sender = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
    meeting = meeting_of(unit)
    by = sender or (meeting.lead if meeting else None)
    unit.put(
        REPORTED,
        id=derived_id(known.namespace, source.root_id, fact.path, fact.key, action_id),
        action_id=action_id,
        outcome=ActionDecision.Outcome.DONE.value,
        decided_at=min(said_at, source.received_at),
        decided_on=day,
        decided_by_id=by.id if by else None,
        decided_by_name="",
        note="",
        submission=source.id,
    )
