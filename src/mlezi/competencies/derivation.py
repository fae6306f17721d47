"""From records to ratings, checklist items and scores. Derived rows only; the latest level is a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from mlezi.competencies.models import Competency, ItemResult, Rating, Score
from mlezi.encounters.derivation.deriver import Setting, counts, meeting_of, setting
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
NOBODY = UUID(int=0)
NOT_RATED = frozenset({"na", "n/a", "none", "not_seen", "not_observed", "not_applicable"})
BASES = (frozenset(Rating.Basis.values), "unknown_basis")
REASONS = (frozenset(Rating.Because.values), "unknown_reason")


class Skill(NamedTuple):
    id: int
    n_levels: int


@dataclass(slots=True)
class Said:
    """One record, and what all that it rates has in common."""

    unit: Unit
    source: Source
    known: Known
    at: Setting
    skills: dict[str, Skill]

    def common(self, fact: Fact) -> dict[str, Any]:
        return {
            "id": derived_id(self.known.namespace, self.source.root_id, fact.path, fact.key),
            "programme_id": self.known.programme_id,
            "submission_id": self.source.id,
            "encounter_uid": self.at.encounter_uid,
            "place_id": self.at.place_id,
        }


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
        for source in unit.sources:
            if not source.facts.having("rating", "item", "score"):
                continue
            said = Said(unit, source, known, setting(unit, source, known), known.of[self.name])
            for fact in source.facts.having("rating"):
                _rate(said, fact)
            for fact in source.facts.having("item"):
                _check(said, fact)
            for fact in source.facts.having("score"):
                _score(said, fact)


def _rate(said: Said, fact: Fact) -> None:
    unit, source = said.unit, said.source
    if fact.value.lower() in NOT_RATED:
        return
    skill, level = said.skills.get(fact.argument), answers.exact(fact.value)
    if level == 0:  # what forms call "not seen today", since conditions compare levels as numbers
        return
    if skill is None:
        unit.flag(source, fact, "unknown_competency")
        unit.awaits(source, "competency", fact.argument)
        return
    if level is None or not 1 <= level <= max(skill.n_levels, 1):
        unit.flag(source, fact, "no_such_level")
        return
    named, who = _whom(said, fact)
    if who is None:
        return
    rater = _rater(said, fact, who)
    unit.put(
        RATING,
        **said.common(fact),
        person_id=who.id,
        named_uid=named,
        rater_id=rater.id if rater else None,
        competency_id=skill.id,
        level=level,
        basis=_word(said, fact, "rating.basis", BASES),
        because=_word(said, fact, "rating.because", REASONS),
        rated_on=said.at.on,
        is_own=rater is not None and rater.id == who.id,
    )


def _whom(said: Said, fact: Fact) -> tuple[UUID, Who | None]:
    """Whom a rating is about: named nearby, or the mentee who sent the form about themselves."""
    unit, source, known = said.unit, said.source, said.known
    named = source.facts.around(fact, *WHOM)
    if named:
        uid = answers.uid(named.value)
        if uid is not None and uid in unit.met and known.person(uid) is None:
            return uid, None  # met on this visit: known at the second look
        return uid or NOBODY, person(unit, source, named, named.value, known)
    sender = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
    if sender and any(part == "mentee" for part, _, _ in sender.enrolments):
        return sender.uid, sender
    unit.flag(source, fact, "nobody_named")
    return NOBODY, None


def _rater(said: Said, fact: Fact, about: Who) -> Who | None:
    """Who rated: named, the person themselves when they sent it, the one who led, else the sender."""
    source, known = said.source, said.known
    named = source.facts.around(fact, "rating.rater")
    if named:
        return person(said.unit, source, named, named.value, known)
    sender = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
    if sender and sender.id == about.id:
        return sender
    meeting = meeting_of(said.unit)
    return (meeting.lead if meeting else None) or sender


def _word(said: Said, fact: Fact, term: str, words: tuple[frozenset[str], str]) -> str:
    """The partner's word when it is one that is known; `words` also names the rule it breaks otherwise."""
    partner = said.source.facts.near(fact, term)
    if partner is None:
        return ""
    allowed, rule = words
    if partner.value in allowed:
        return partner.value
    said.unit.flag(said.source, partner, rule)
    return ""


def _check(said: Said, fact: Fact) -> None:
    who = _subject(said, fact)
    said.unit.put(
        ITEM,
        **said.common(fact),
        person_id=who.id if who else None,
        item=fact.argument[:60],
        is_met=answers.truth(fact.value),
        value=answers.number(fact.value),
        basis=_word(said, fact, "item.basis", BASES),
        because=_word(said, fact, "item.because", REASONS),
        seen_on=said.at.on,
    )


def _score(said: Said, fact: Fact) -> None:
    value = answers.number(fact.value)
    if value is None:
        if fact.value.lower() not in {"nan", *NOT_RATED}:
            said.unit.flag(said.source, fact, "not_a_number")
        return
    who = _subject(said, fact)
    said.unit.put(
        SCORE,
        **said.common(fact),
        person_id=who.id if who else None,
        name=fact.argument[:60],
        value=value,
        scored_on=said.at.on,
    )


def _subject(said: Said, fact: Fact) -> Who | None:
    """The person a checklist is about; None when it is about the site."""
    named = said.source.facts.around(fact, *WHOM)
    return person(said.unit, said.source, named, named.value, said.known) if named else None
