"""From records to ratings, checklist items and scores. Derived rows only; the latest level is a query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from mlezi.competencies.models import Competency, ItemResult, Rating, Score
from mlezi.encounters.derivation.deriver import counts, day_of, meeting_of, place_of
from mlezi.encounters.derivation.meeting import person
from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.known import Known, Who
from mlezi.instruments.derivation.unit import Source, Unit
from mlezi.plumbing.bulk import Table

RATING = Table(Rating, owner="submission_id")
ITEM = Table(ItemResult, owner="submission_id")
SCORE = Table(Score, owner="submission_id")
WHOM = ("rating.person", "participant", "person.new")
NOT_RATED = frozenset({"na", "n/a", "none", "not_seen", "not_observed", "not_applicable"})
BASES = (frozenset(Rating.Basis.values), "unknown_basis")
REASONS = (frozenset(Rating.Because.values), "unknown_reason")


class Skill(NamedTuple):
    id: int
    n_levels: int


class CompetencyDeriver:
    name = "competencies"
    tables = (RATING, ITEM, SCORE)

    def load(self, known: Known, uids: Sequence[UUID] | None) -> dict[str, Skill]:
        """Competencies by "domain.code", and by "code" alone where that is unambiguous."""
        skills: dict[str, Skill] = {}
        alone: dict[str, list[Skill]] = {}
        rows = Competency.objects.filter(domain__programme_id=known.programme_id).order_by("domain__code", "code")
        for pk, domain, code, levels in rows.values_list("pk", "domain__code", "code", "levels"):
            skills[f"{domain}.{code}"] = skill = Skill(pk, len(levels))
            alone.setdefault(code, []).append(skill)
        skills.update({code: found[0] for code, found in alone.items() if len(found) == 1 and code not in skills})
        return skills

    def derive(self, unit: Unit, known: Known) -> None:
        if not counts(unit):
            return
        skills: dict[str, Skill] = known.of[self.name]
        for source in unit.sources:
            for fact in source.facts.having("rating"):
                _rate(unit, source, fact, known, skills)
            for fact in source.facts.having("item"):
                _check(unit, source, fact, known)
            for fact in source.facts.having("score"):
                _score(unit, source, fact, known)


def _rate(unit: Unit, source: Source, fact: Fact, known: Known, skills: dict[str, Skill]) -> None:
    if fact.value.lower() in NOT_RATED:
        return
    skill, level = skills.get(fact.argument), answers.whole(fact.value)
    if skill is None:
        unit.flag(source, fact, "unknown_competency")
        unit.awaits(source, "competency", fact.argument)
        return
    if level is None or not 1 <= level <= max(skill.n_levels, 1):
        unit.flag(source, fact, "no_such_level")
        return
    named, who = _whom(unit, source, fact, known)
    if who is None:
        return
    rater = _rater(unit, source, fact, who, known)
    place = place_of(unit, source, known)
    unit.put(
        RATING,
        id=derived_id(known.namespace, source.root_id, fact.path, fact.key),
        programme_id=known.programme_id,
        submission_id=source.id,
        encounter_uid=unit.uid if meeting_of(unit) else None,
        person_id=who.id,
        named_uid=named,
        rater_id=rater.id if rater else None,
        competency_id=skill.id,
        level=level,
        basis=_word(unit, source, fact, "rating.basis", BASES),
        because=_word(unit, source, fact, "rating.because", REASONS),
        rated_on=day_of(unit, source, known),
        place_id=place.id if place else None,
        is_own=rater is not None and rater.id == who.id,
    )


def _whom(unit: Unit, source: Source, fact: Fact, known: Known) -> tuple[UUID, Who | None]:
    """Whom a rating is about: named nearby, or the mentee who sent the form about themselves."""
    named = source.facts.around(fact, *WHOM)
    if named:
        uid = answers.uid(named.value)
        if uid is not None and uid in unit.met:
            return uid, None  # met on this visit: known at the second look
        who = person(unit, source, named, named.value, known)
        return uid or UUID(int=0), who
    sender = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
    if sender and any(part == "mentee" for part, _, _ in sender.enrolments):
        return sender.uid, sender
    unit.flag(source, fact, "nobody_named")
    return UUID(int=0), None


def _rater(unit: Unit, source: Source, fact: Fact, about: Who, known: Known) -> Who | None:
    """Who rated: named, the person themselves when they sent it, the one who led, else the sender."""
    named = source.facts.around(fact, "rating.rater")
    if named:
        return person(unit, source, named, named.value, known)
    sender = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
    if sender and sender.id == about.id:
        return sender
    meeting = meeting_of(unit)
    return (meeting.lead if meeting else None) or sender


def _word(unit: Unit, source: Source, fact: Fact, term: str, words: tuple[frozenset[str], str]) -> str:
    """The partner's word when it is one that is known; `words` also names the rule it breaks otherwise."""
    partner = source.facts.near(fact, term)
    if partner is None:
        return ""
    allowed, rule = words
    if partner.value in allowed:
        return partner.value
    unit.flag(source, partner, rule)
    return ""


def _check(unit: Unit, source: Source, fact: Fact, known: Known) -> None:
    who, place = _subject(unit, source, fact, known), place_of(unit, source, known)
    unit.put(
        ITEM,
        id=derived_id(known.namespace, source.root_id, fact.path, fact.key),
        programme_id=known.programme_id,
        submission_id=source.id,
        encounter_uid=unit.uid if meeting_of(unit) else None,
        place_id=place.id if place else None,
        person_id=who.id if who else None,
        item=fact.argument[:60],
        is_met=answers.truth(fact.value),
        value=answers.number(fact.value),
        basis=_word(unit, source, fact, "item.basis", BASES),
        because=_word(unit, source, fact, "item.because", REASONS),
        seen_on=day_of(unit, source, known),
    )


def _score(unit: Unit, source: Source, fact: Fact, known: Known) -> None:
    value = answers.number(fact.value)
    if value is None:
        if fact.value.lower() not in {"nan", *NOT_RATED}:
            unit.flag(source, fact, "not_a_number")
        return
    who, place = _subject(unit, source, fact, known), place_of(unit, source, known)
    unit.put(
        SCORE,
        id=derived_id(known.namespace, source.root_id, fact.path, fact.key),
        programme_id=known.programme_id,
        submission_id=source.id,
        encounter_uid=unit.uid if meeting_of(unit) else None,
        place_id=place.id if place else None,
        person_id=who.id if who else None,
        name=fact.argument[:60],
        value=value,
        scored_on=day_of(unit, source, known),
    )


def _subject(unit: Unit, source: Source, fact: Fact, known: Known) -> Who | None:
    """The person a checklist is about; None when it is about the site."""
    named = source.facts.around(fact, *WHOM)
    return person(unit, source, named, named.value, known) if named else None
