"""Bringing in texts, saying whose they are, changing their words, withdrawing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.formats import documents
from mlezi.formats.plain import Text, fingerprint, normalised
from mlezi.formats.turns import split
from mlezi.methods.coding import carrying
from mlezi.narratives import identifiers, packing, problems
from mlezi.narratives.actions import redacting
from mlezi.narratives.models import Participant, Source, SourceVersion, Voice
from mlezi.narratives.reasons import why_not
from mlezi.narratives.versions import first_version, next_version
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


@dataclass(frozen=True)
class Belongs:
    """Where a text belongs. Everything may be left open."""

    kind: str = Source.Kind.INTERVIEW
    title: str = ""
    held_on: date | None = None
    wave: str = ""
    study: str = ""
    place: Place | None = None
    encounter_uid: UUID | None = None
    form_id: str = ""
    file_name: str = ""
    origin: str | None = None
    record_id: UUID | None = None


def read_document(content: bytes, name: str) -> Text:
    """The words of a file. Raises `CannotReadDocument` with what to do."""
    try:
        return documents.read(content, name)
    except documents.CannotReadDocument as error:
        reason, remedy = why_not(error.code, error.facts)
        raise problems.CannotReadDocument(file=name, reason=reason, remedy=remedy) from error


def wordless_pages(content: bytes, name: str) -> list[int]:
    """Pages of a PDF on which no words were found while others have some; empty for other files."""
    pages = documents.pages(content, name) if name.lower().endswith(".pdf") else []
    return [n for n, page in enumerate(pages, 1) if not page.strip()]


def label_for(programme: Programme, called: str, kind: str) -> str:
    """What the file is called, unless that may name somebody: then what it is, with the next free number."""
    if not identifiers.may_name(called, redacting.names_of(programme)):
        return called[:60]
    taken = set(Source.objects.filter(programme=programme).values_list("label", flat=True))
    return next(name for n in count(1) if (name := f"{kind.capitalize()} {n}") not in taken)


@transaction.atomic
def add(
    *, programme: Programme, label: str, text: Text, belongs: Belongs, by: Actor, at: datetime, released: bool = False
) -> Source:
    """Keep a text for ever. `released` is for words that need no look at identifiers.

    Raises `SourceExists` when the same words are here already under another label of the programme.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)  # two people may bring in the same file
    words = normalised(text.words)
    if belongs.origin is None:
        same = Source.objects.filter(
            programme=programme, withdrawn_at=None, origin=None, versions__sha256=fingerprint(words)
        ).first()
        if same:
            raise problems.SourceExists(label=same.label, id=same.pk)
    source = Source.objects.create(
        programme=programme, label=label[:60], added_at=at, added_by_name=by.name, released_at=at if released else None,
        **{name: getattr(belongs, name) for name in Belongs.__dataclass_fields__},
    )  # fmt: skip
    first_version(source, Text(words, text.pieces or split(words).pieces), by=by, at=at)
    audit.record("source.added", source, by=by, at=at, facts={"label": source.label, "kind": source.kind})
    return source


@transaction.atomic
def edit(*, source: Source, words: str, because: str, by: Actor, at: datetime) -> SourceVersion:
    """Change the words: a new version, to which every coding is carried. Speakers and questions keep their pieces.

    What was decided about names goes along; a text whose new words may name somebody waits again.
    """
    held = Source.objects.select_for_update().get(pk=source.pk)
    assert held.current is not None
    words = normalised(words)
    if words == held.current.text:
        return held.current
    before = held.current
    edits = carrying.between(before.text, words)
    made = next_version(held, edits, because=because, by=by, at=at)
    audit.record("source.edited", held, by=by, at=at, facts={"version": made.number, "carried": made.carried})
    redacting.follow(source=held, before=before, by=by, at=at)
    return made


@transaction.atomic
def take_part(
    *, programme: Programme, label: str, by: Actor, at: datetime, person: Person | None = None,
    facts: dict[str, Any] | None = None,
) -> Participant:  # fmt: skip
    """A participant under this label; known facts are filled in. A person has one label in a programme."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    rows = Participant.objects.filter(programme=programme)
    found = (rows.filter(person=person).first() if person else None) or rows.filter(label=label).first()
    if found and person and found.person_id not in {None, person.pk}:
        raise problems.LabelTaken(label=label)
    if found is None:
        found = Participant.objects.create(programme=programme, label=label[:60], person=person, facts=facts or {})
        audit.record("participant.named", found, by=by, at=at)
        return found
    new = found.facts | (facts or {})
    if new != found.facts or (person and found.person_id is None):
        found.facts, found.person = new, found.person or person
        found.save(update_fields=["facts", "person"])
        audit.record("participant.changed", found, by=by, at=at)
    return found


@transaction.atomic
def give_voice(
    *, source: Source, participant: Participant, by: Actor, at: datetime, speaker: str = "",
    consent: str = Voice.Consent.UNKNOWN, consent_on: date | None = None,
) -> Voice:  # fmt: skip
    """Say that a participant speaks in this text, under which name, and whether they agreed."""
    Source.objects.select_for_update().get(pk=source.pk)
    voice, is_new = Voice.objects.get_or_create(
        source=source, participant=participant,
        defaults={"speaker": speaker[:120], "consent": consent, "consent_on": consent_on},
    )  # fmt: skip
    if not is_new and (voice.speaker, voice.consent, voice.consent_on) != (speaker, consent, consent_on):
        voice.speaker, voice.consent, voice.consent_on = speaker[:120] or voice.speaker, consent, consent_on
        voice.save()
    audit.record("voice.given", source, by=by, at=at, facts={"participant": participant.pk, "consent": consent})
    if consent == Voice.Consent.WITHDRAWN and not source.voices.exclude(consent=Voice.Consent.WITHDRAWN).exists():
        withdraw(source=source, by=by, at=at)
    return voice


@transaction.atomic
def all_agreed(*, source: Source, by: Actor, at: datetime) -> int:
    """Write down that everybody agreed of whom nothing is known yet. Who took it back stays so. How many were meant."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    rows = list(held.voices.filter(consent=Voice.Consent.UNKNOWN))
    for row in rows:
        row.consent, row.consent_on = Voice.Consent.GIVEN, row.consent_on or held.held_on
        row.save(update_fields=["consent", "consent_on"])
        facts = {"participant": row.participant_id, "consent": row.consent}
        audit.record("voice.given", held, by=by, at=at, facts=facts)
    return len(rows)


@transaction.atomic
def withdraw(*, source: Source, by: Actor, at: datetime) -> None:
    """Take a text out of everything: consent was taken back, or its record is void."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    if held.withdrawn_at is None:
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        held.codings.filter(is_current=True).update(is_current=False)
        packing.keep(held.pk)
        audit.record("source.withdrawn", held, by=by, at=at)


@transaction.atomic
def bring_back(*, source: Source, by: Actor, at: datetime) -> None:
    """A withdrawn text counts again."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    if held.withdrawn_at is not None:
        held.withdrawn_at = None
        held.save(update_fields=["withdrawn_at"])
        standing = held.codings.filter(version=held.current_id, removed_at=None).exclude(carried="lost")
        standing.update(is_current=True)
        packing.keep(held.pk)
        audit.record("source.brought_back", held, by=by, at=at)


@transaction.atomic
def describe(*, source: Source, by: Actor, at: datetime, **facts: Any) -> None:
    """Change where a text belongs, or its label."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    changed = [name for name, value in facts.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, facts[name])
    if changed:
        held.save(update_fields=changed)
        audit.record("source.described", held, by=by, at=at, facts={"fields": changed})
