"""From records of instruments to filled instruments, answers and scores."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from mlezi.encounters.derivation.deriver import counts, day_of, place_of
from mlezi.encounters.derivation.meeting import person
from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.known import Known, Who
from mlezi.instruments.derivation.unit import Source, Unit
from mlezi.plumbing.bulk import Table
from mlezi.surveys.declared import ANONYMOUS, SELF_CODED, Instrument
from mlezi.surveys.derivation import book as books
from mlezi.surveys.derivation import scores
from mlezi.surveys.derivation.book import Book
from mlezi.surveys.derivation.scores import Kept
from mlezi.surveys.derivation.waves import Wave, wave_of
from mlezi.surveys.models import Answer, Filled, ScaleScore

FILLED = Table(Filled, owner="submission_id")
ANSWER = Table(Answer, owner="submission_id")
SCORE = Table(ScaleScore, owner="submission_id")


class Participant(NamedTuple):
    """Who answered. `key` joins answers over time; `who` only where the instrument lets it be known."""

    key: str
    who: Who | None


class SurveyDeriver:
    name = "surveys"
    tables = (FILLED, ANSWER, SCORE)

    def load(self, known: Known, uids: Sequence[UUID] | None) -> Book:
        return books.load(known, everybody=uids is None)

    def derive(self, unit: Unit, known: Known) -> None:
        book: Book = known.of[self.name]
        if not counts(unit):
            return
        for source in unit.sources:
            instrument = book.instruments.get(source.form_id)
            if instrument is not None and source.facts.having("answer"):
                _fill(Said(unit, source, known, book, instrument))


@dataclass(slots=True)
class Said:
    """One record of an instrument, and what its answers have in common."""

    unit: Unit
    source: Source
    known: Known
    book: Book
    instrument: Instrument


def _fill(said: Said) -> None:
    """One filled instrument for each respondent the record names; usually there is one."""
    facts_of, source = said.source.facts, said.source
    by_respondent: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts_of.having("answer"):
        named = facts_of.around(fact, "respondent")
        by_respondent.setdefault((named.path, named.key) if named else ("", ""), []).append(fact)
    for (path, key), facts in by_respondent.items():
        filled_id = derived_id(said.known.namespace, source.root_id, "filled", path, key)
        participant = _participant(said, facts_of.around(facts[0], "respondent"), filled_id)
        if participant is None:
            continue
        _put_filled(said, filled_id, participant)
        _put_answers(said, filled_id, facts)
        scores.put(said.unit, source, said.instrument, Kept(SCORE, said.known.namespace, filled_id), facts)


def _participant(said: Said, named: Fact | None, filled_id: UUID) -> Participant | None:
    """Who answered; None (and a flag) where that must be known and is not."""
    unit, source, known, linkage = said.unit, said.source, said.known, said.instrument.linkage
    if linkage == ANONYMOUS:
        return Participant(filled_id.hex, None)
    if linkage == SELF_CODED:
        code = source.facts.first("respondent.code")
        key = code_key(known.namespace, code.value) if code else ""
        return Participant(key or filled_id.hex, None)  # without a code: answered, but joined to nothing
    if named is not None:
        who = person(unit, source, named, named.value, known)
    else:
        who = known.people_by_id.get(source.sender_id) if source.sender_id is not None else None
        if who is None:
            unit.flag(source, source.facts.having("answer")[0], "nobody_named")
    return Participant(who.uid.hex, who) if who else None


def code_key(namespace: UUID, text: str) -> str:
    """A self-made code, written any which way, as one key. The code itself is not kept beside the answers."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
    return sha256(f"{namespace}|code|{plain}".encode()).hexdigest()[:40] if plain else ""


def _put_filled(said: Said, filled_id: UUID, participant: Participant) -> None:
    source, book, who = said.source, said.book, participant.who
    on, form_id = day_of(said.unit, source, said.known), said.instrument.form_id
    wave = _wave(said, who, on)
    place = place_of(said.unit, source, said.known)
    said.unit.put(
        FILLED,
        id=filled_id,
        programme_id=said.known.programme_id,
        submission_id=source.id,
        instrument=form_id,
        wave=wave.name,
        occasion=wave.occasion,
        participant=participant.key,
        person_id=who.id if who else None,
        place_id=place.id if place else wave.place_id or (book.place_of(who.id, on) if who else None),
        cadre=_cadre(source, who, on),
        answered_on=on,
        received_at=source.received_at if who else None,
    )


def _wave(said: Said, who: Who | None, on: date) -> Wave:
    named = said.source.facts.first("wave")
    asked = said.book.asked.get((who.id, said.instrument.form_id), ()) if who else ()
    return wave_of(asked, on, named.value[:60] if named else "")


def _cadre(source: Source, who: Who | None, on: date) -> str:
    said = source.facts.first("respondent.cadre")
    return said.value[:60] if said else who.cadre_on(on) if who else ""


def _put_answers(said: Said, filled_id: UUID, facts: Sequence[Fact]) -> None:
    source, namespace = said.source, said.known.namespace
    for fact in facts:
        is_several = (source.form_id, fact.path) in said.book.several
        for choice in answers.choices(fact.value) if is_several else [fact.value]:
            # The id is the answer's own, so that a figure leads back to the very bytes.
            parts = (fact.path, fact.key, choice[:60]) if is_several else (fact.path, fact.key)
            said.unit.put(
                ANSWER,
                id=derived_id(namespace, source.root_id, *parts),
                submission_id=source.id,
                filled_id=filled_id,
                question=fact.argument[:80],
                choice=choice,
                number=answers.number(choice),
            )
