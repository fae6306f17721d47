"""From records to what sites have and lack, and to practice that people logged."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from mlezi.encounters.derivation.deriver import counts, day_of, meeting_of, place_of
from mlezi.encounters.derivation.meeting import person
from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.known import Known, Where, Who
from mlezi.instruments.derivation.unit import Source, Unit
from mlezi.plumbing.bulk import Table
from mlezi.resources.models import ItemSeen, Need, Practice
from mlezi.resources.spans import ALL_OF_KIND

SEEN = Table(ItemSeen, owner="submission_id")
PRACTICE = Table(Practice, owner="submission_id")
KINDS = tuple(Need.Kind.values)
PRACTICED = ("practice.date", "practice.topic", "practice.equipment", "practice.minutes", "practice.times")


class ResourceDeriver:
    name = "resources"
    tables = (SEEN, PRACTICE)

    def load(self, known: Known, uids: Sequence[UUID] | None) -> None:
        """Nothing more than people and places."""

    def derive(self, unit: Unit, known: Known) -> None:
        if not counts(unit):
            return
        for source in unit.sources:
            _look(unit, source, known)
            _practise(unit, source, known)


def _look(unit: Unit, source: Source, known: Known) -> None:
    """What one record says of its site. A yes or no about an item says more than a list that has it."""
    told: dict[tuple[str, str], tuple[Fact, bool]] = {}
    for kind in KINDS:
        for fact in source.facts.having(f"needs.{kind}"):
            for item in answers.choices(fact.value):
                nothing = answers.is_nothing(item)
                told[kind, ALL_OF_KIND if nothing else item[:60]] = (fact, nothing)
        for fact in source.facts.having(f"has.{kind}"):
            is_there = answers.truth(fact.value)
            if is_there is not None:
                told[kind, fact.argument[:60]] = (fact, is_there)
    if not told:
        return
    place = place_of(unit, source, known)
    if place is None:
        unit.flag(source, next(iter(told.values()))[0], "no_place")
        return
    for (kind, item), (fact, is_there) in told.items():
        _see(unit, source, fact, known, place=place, kind=kind, item=item, is_there=is_there)


def _see(
    unit: Unit, source: Source, fact: Fact, known: Known, *, place: Where, kind: str, item: str, is_there: bool
) -> None:
    detail = source.facts.near(fact, "need.detail")
    unit.put(
        SEEN,
        id=derived_id(known.namespace, source.root_id, fact.path, fact.key, item),
        programme_id=known.programme_id,
        submission_id=source.id,
        encounter_uid=unit.uid if meeting_of(unit) else None,
        place_id=place.id,
        kind=kind,
        item=item,
        detail=detail.value if detail and not is_there else "",
        seen_on=day_of(unit, source, known),
        is_there=is_there,
    )


def _practise(unit: Unit, source: Source, known: Known) -> None:
    """One practice for each group that tells of one."""
    groups: dict[str, list[Fact]] = {}
    for fact in source.facts.having(*PRACTICED):
        groups.setdefault(fact.group, []).append(fact)
    for facts in groups.values():
        first = facts[0]
        who = _who(unit, source, first, known)
        if who is None:
            continue
        said = {fact.term.removeprefix("practice."): fact for fact in facts}
        day = answers.day(said["date"].value) if "date" in said else None
        place = _where(unit, source, first, known)
        unit.put(
            PRACTICE,
            id=derived_id(known.namespace, source.root_id, "practice", min(fact.path for fact in facts), first.key),
            programme_id=known.programme_id,
            submission_id=source.id,
            person_id=who.id,
            place_id=place.id if place else None,
            topic=said["topic"].value[:60] if "topic" in said else "",
            equipment=said["equipment"].value[:60] if "equipment" in said else "",
            practised_on=day or day_of(unit, source, known),
            minutes=_count(unit, source, said.get("minutes"), most=24 * 60),
            times=_count(unit, source, said.get("times"), most=10_000),
        )


def _who(unit: Unit, source: Source, fact: Fact, known: Known) -> Who | None:
    named = source.facts.around(fact, "practice.person")
    if named:
        return person(unit, source, named, named.value, known)
    sender = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
    if sender is None:
        unit.flag(source, fact, "nobody_named")
    return sender


def _where(unit: Unit, source: Source, fact: Fact, known: Known) -> Where | None:
    named = source.facts.around(fact, "practice.place")
    if named is None:
        return place_of(unit, source, known)
    place = known.place(named.value)
    if place is None:
        unit.flag(source, named, "unknown_place")
        unit.awaits(source, "place", named.value)
    return place


def _count(unit: Unit, source: Source, fact: Fact | None, *, most: int) -> int | None:
    if fact is None:
        return None
    value = answers.whole(fact.value)
    if value is None or not 0 <= value <= most:
        unit.flag(source, fact, "not_a_number")
        return None
    return value
