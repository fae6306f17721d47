"""Texts that arrive by themselves: open answers of instruments; and on request, notes of encounters and needs.

A record that changes makes a new version of its text, with codings carried over. Done twice, nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from mlezi.audit.actions import MACHINE, Actor
from mlezi.audit.queries import about
from mlezi.encounters.models import Note
from mlezi.formats.plain import Piece, Text, joined, normalised
from mlezi.formats.turns import speaks_in_code
from mlezi.instruments.models import FormVersion
from mlezi.narratives.actions import redacting, sources
from mlezi.narratives.actions.sources import Belongs
from mlezi.narratives.models import Participant, Source, Voice
from mlezi.narratives.queries.reader import Reader, needs_of, notes_of
from mlezi.people.models import Person
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission as P
from mlezi.resources.models import Need
from mlezi.surveys.models import Answer, Filled


@transaction.atomic
def answers(*, programme: Programme, filled: Iterable[Filled], by: Actor = MACHINE, at: datetime) -> int:
    """Make or renew the texts of these filled instruments' open answers. How many are new or changed."""
    rows = list(filled)
    opens: dict[UUID, dict[str, int]] = {}
    n = 0
    for one in rows:
        open_ = opens.setdefault(one.submission_id, _open_questions(one))
        n += _renew(programme, one, open_, by, at) if open_ else 0
    return n


@transaction.atomic
def forget(*, programme: Programme, form_id: str, by: Actor = MACHINE, at: datetime) -> int:
    """Take out the texts of answers whose record means nothing any more, as after a list was taken back. How many."""
    there = Filled.objects.filter(pk=OuterRef("record_id"))
    texts = Source.objects.filter(programme=programme, kind=Source.Kind.ANSWERS, form_id=form_id, withdrawn_at=None)
    void = list(texts.filter(origin__startswith="answers:").exclude(Exists(there)))
    for source in void:
        sources.withdraw(source=source, by=by, at=at)
    return len(void)


def _open_questions(filled: Filled) -> dict[str, int]:
    """Names of the form's open questions, in order: words are typed and no choice is given."""
    version = FormVersion.objects.filter(submissions=filled.submission_id).first()
    found = (version.meanings if version else {}).get("questions", {})
    names = [said["as"].partition(":")[2] for said in found.values()
             if said.get("as", "").startswith("answer:") and said.get("kind") == "string"]  # fmt: skip
    return {name: n for n, name in enumerate(names)}


def _renew(programme: Programme, filled: Filled, open_: dict[str, int], by: Actor, at: datetime) -> int:
    said = Answer.objects.filter(filled_id=filled.pk, question__in=open_).exclude(choice="")
    parts = [
        (normalised(one.choice).strip(), Piece(0, 0, "answer", question=one.question))
        for one in sorted(said, key=lambda one: open_[one.question])
    ]
    text = joined([part for part in parts if part[0]], between="\n\n")
    origin = f"answers:{filled.pk}"
    with transaction.atomic():
        there = Source.objects.select_for_update().filter(programme=programme, origin=origin).first()
        if there is None:
            return _first(filled, text, origin, by, at) if text.words else 0
        assert there.current is not None
        if there.withdrawn_at and _was_forgotten(there):
            sources.bring_back(source=there, by=by, at=at)
        if there.versions.filter(number=1, text=text.words).exists() and there.current.number == 1:
            return 0
        latest = there.versions.filter(redacts=False).last()
        if latest and latest.text == text.words:
            return 0
        sources.edit(source=there, words=text.words, because="the record was corrected", by=by, at=at)
        _look(there, by, at)
        return 1


def _was_forgotten(source: Source) -> bool:
    """Whether it went with its record; who took consent back decided otherwise, and is not overruled."""
    last = about("Source", [source.pk]).filter(name="source.withdrawn").order_by("-id").first()
    return last is not None and last.by_uid == MACHINE.uid


def _first(filled: Filled, text: Text, origin: str, by: Actor, at: datetime) -> int:
    programme = filled.programme
    who = _participant(programme, filled, by, at)
    source = sources.add(
        programme=programme, label=f"{filled.instrument} {who.label}", text=text, by=by, at=at,
        belongs=Belongs(
            kind=Source.Kind.ANSWERS, held_on=filled.answered_on, wave=filled.wave, place=filled.place,
            form_id=filled.instrument, origin=origin, record_id=filled.pk,
        ),
    )  # fmt: skip
    # Who sent the answers agreed to give them.
    sources.give_voice(source=source, participant=who, consent=Voice.Consent.GIVEN, consent_on=filled.answered_on,
                       by=by, at=at)  # fmt: skip
    _look(source, by, at)
    return 1


def _look(source: Source, by: Actor, at: datetime) -> None:
    """Open it for coding at once when nothing in it looks like an identifier; otherwise it waits for a person."""
    source.refresh_from_db()
    if redacting.suggest(source=source, by=by, at=at) == 0:
        redacting.release(source=source, by=by, at=at)
    elif source.released_at is not None:
        sources.describe(source=source, released_at=None, by=by, at=at)


def _participant(programme: Programme, filled: Filled, by: Actor, at: datetime) -> Participant:
    facts = {"cadre": filled.cadre} if filled.cadre else {}
    if filled.person_id is None:
        return sources.take_part(programme=programme, label=f"A-{filled.participant[:8]}", facts=facts, by=by, at=at)
    person = Person.objects.get(pk=filled.person_id)
    return sources.take_part(programme=programme, label=next_label(programme), person=person, facts=facts, by=by, at=at)


def next_label(programme: Programme) -> str:
    """The next free label: P1, P2 …"""
    taken = set(Participant.objects.filter(programme=programme).values_list("label", flat=True))
    n = len(taken) + 1
    while f"P{n}" in taken:
        n += 1
    return f"P{n}"


def label_for(programme: Programme, speaker: str) -> str:
    """What the transcript calls them where that is a label, as R2, and free; otherwise the next free one."""
    plain = "".join(speaker.split()).upper()
    is_label = speaks_in_code(speaker) and plain[-1:].isdecimal() and len(plain) <= 8
    if not is_label or Participant.objects.filter(programme=programme, label=plain).exists():
        return next_label(programme)
    return plain


@transaction.atomic
def notes(*, reader: Reader, by: Person, at: datetime) -> int:
    """Make texts of the notes and needs this person may read, so that they can be coded. How many are new."""
    programme = reader.programme
    records = Source.objects.filter(programme=programme).values_list("record_id", flat=True)
    there = {record_id for record_id in records if record_id is not None}
    n = 0
    found = notes_of(reader.scope(P.SEE_COACHING)).select_related("encounter__place")
    for note in found.exclude(pk__in=there).order_by("encounter__held_on", "pk"):
        n += _of_note(programme, note, by, at)
    for need in needs_of(reader.scope(P.SEE_NEEDS)).select_related("place").order_by("found_on", "pk"):
        if need.pk not in there:
            n += _of_need(programme, need, by, at)
    return n


def _of_note(programme: Programme, note: Note, by: Person, at: datetime) -> int:
    words = normalised(note.text).strip()
    if not words:
        return 0
    held_on, place = note.encounter.held_on, note.encounter.place
    source = sources.add(
        programme=programme, label=f"Note {held_on or ''} {str(note.pk)[:4]}", text=Text(words), released=True, by=by,
        at=at, belongs=Belongs(kind=Source.Kind.NOTE, held_on=held_on, place=place, origin=f"note:{note.pk}",
                               record_id=note.pk, encounter_uid=note.encounter_id),
    )  # fmt: skip
    if note.author_id:
        who = Person.objects.get(pk=note.author_id)
        voice = sources.take_part(programme=programme, label=next_label(programme), person=who, by=by, at=at)
        sources.give_voice(source=source, participant=voice, consent=Voice.Consent.GIVEN, by=by, at=at)
    return 1


def _of_need(programme: Programme, need: Need, by: Person, at: datetime) -> int:
    sources.add(
        programme=programme, label=f"Need {need.found_on} {str(need.pk)[:4]}", text=Text(normalised(need.detail)),
        released=True, by=by, at=at,
        belongs=Belongs(kind=Source.Kind.NEED, held_on=need.found_on, place=need.place, origin=f"need:{need.pk}",
                        record_id=need.pk, encounter_uid=need.encounter_uid),
    )  # fmt: skip
    return 1
