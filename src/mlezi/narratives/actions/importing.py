"""Bringing in projects of other programs (.qdpx): texts wait to be looked at, their codings stand on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext

from mlezi.audit import actions as audit
from mlezi.formats import qdpx
from mlezi.formats.plain import Text, normalised
from mlezi.formats.turns import split
from mlezi.methods.coding import carrying
from mlezi.methods.coding.carrying import Carrier
from mlezi.narratives import exchanging, packing, problems, returning
from mlezi.narratives.actions import codebooks, gathering, memos, redacting, sources
from mlezi.narratives.actions.sources import Belongs
from mlezi.narratives.models import Code, Coding, Participant, Source, Voice
from mlezi.narratives.models.coding import Valence
from mlezi.narratives.queries import codebooks as books
from mlezi.people.models import Person
from mlezi.programmes.models import Programme

BROUGHT = {Source.Kind.INTERVIEW, Source.Kind.FOCUS_GROUP, Source.Kind.DOCUMENT}


@dataclass
class Taken:
    """What came in, and what could not: (code, where, facts)."""

    texts: list[Source] = field(default_factory=list)
    n_codings: int = 0
    n_codes: int = 0
    remarks: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def say(self, code: str, where: str = "", **facts: Any) -> None:
        self.remarks.append((code, where, facts))


@transaction.atomic
def project(*, programme: Programme, content: bytes, name: str, by: Person, at: datetime) -> Taken:
    """Bring in a .qdpx file. A text whose words are here already takes the codings. Raises `NotAProject`."""
    try:
        found, remarks = qdpx.read_project(content)
    except qdpx.NotAProject as error:
        raise problems.NotAProject(file=name, reason=exchanging.why(error)) from error
    bringing = _Bringing(programme, found, name, by, at)
    bringing.taken.remarks = [(one.code, one.where, dict(one.facts)) for one in remarks]
    bringing.read_codes()
    bringing.read_people()
    for one in found.sources:
        bringing.take(one)
    facts = {"file": name, "codings": bringing.taken.n_codings}
    audit.record("project.brought_in", programme, by=by, at=at, facts=facts)
    return bringing.taken


@dataclass
class _Bringing:
    """One project on its way in."""

    programme: Programme
    found: qdpx.Project
    name: str
    by: Person
    at: datetime
    taken: Taken = field(default_factory=Taken)
    codes: dict[UUID, Code] = field(default_factory=dict)
    people: dict[UUID, Person] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    moved: dict[UUID, Carrier] = field(default_factory=dict)

    def beyond(self, part: str, guid: UUID) -> dict[str, Any]:
        """What our own file says of something that the standard has no place for."""
        said = self.found.more.get(part, {})
        more = said.get(str(guid), {}) if isinstance(said, dict) else {}
        return more if isinstance(more, dict) else {}

    def read_codes(self) -> None:
        """Codes that are here already, and the rest in a codebook of the project's own."""
        here = books.known_codes(self.programme).filter(uid__in=[code.guid for code in self.found.codes])
        self.codes = {code.uid: code for code in here.select_related("codebook")}
        if len(self.codes) < len(self.found.codes):
            title = self.found.name or self.name.rpartition(".")[0] or "Imported"
            file = exchanging.file_of(self.found.codes, code=exchanging.slug(title), title=title)
            _, rows = codebooks.extend(file=file, name=self.name, programme=self.programme, by=self.by, at=self.at)
            for wanted, code in zip(file.codes, self.found.codes, strict=True):
                self.codes.setdefault(code.guid, rows[wanted.path])
        self.taken.n_codes = len(self.codes)

    def read_people(self) -> None:
        """Coders. Of somebody not known here the codings are theirs who brings them in."""
        for user in self.found.users:
            known = Person.objects.filter(uid=user.guid, roles__programme=self.programme).first()
            self.people[user.guid] = known or self.by
            if known is None:
                self.taken.say("user_unknown", user.name)

    def take(self, one: qdpx.Source) -> None:
        source = self._text(one)
        notes = {note.guid: note.text for note in self.found.notes}
        made: dict[UUID, Coding] = {}
        for row in self._codings(source, one, notes):
            if row and row.pk in made:  # some programs give several codings one identifier
                row.pk = uuid5(row.pk, f"{row.start}:{row.end}:{row.code_id}")
            if row:
                made[row.pk] = row
        known = set(Coding.objects.filter(pk__in=made).values_list("pk", flat=True))
        there = {_same(row) for row in Coding.objects.filter(source=source, is_current=True)}
        rows = [row for pk, row in made.items() if pk not in known and _same(row) not in there]
        Coding.objects.bulk_create(rows, batch_size=1000)
        packing.keep(source.pk)
        self.taken.n_codings += len(rows)
        for guid in one.notes:
            if notes.get(guid):
                memo_id = uuid5(self.programme.uid, f"memo:{guid}")
                memos.write(source=source, memo_id=memo_id, text=notes[guid], by=self.by, at=self.at)
        self.taken.texts.append(source)

    def _text(self, one: qdpx.Source) -> Source:
        facts = self.beyond("sources", one.guid)
        pieces = returning.pieces(facts.get("pieces", ()), len(one.text))
        kind = returning.words(facts.get("kind"), 12)
        belongs = Belongs(
            kind=kind if kind in BROUGHT else Source.Kind.DOCUMENT, wave=returning.words(facts.get("wave"), 60),
            study=returning.words(facts.get("study"), 60), file_name=one.name[:255],
        )  # fmt: skip
        text = Text(one.text, pieces or split(one.text).pieces)
        label = one.name or self.name
        if not facts:  # of ours somebody looked at the label
            label = sources.label_for(self.programme, label, gettext("document"))
        known: dict[str, Any] = {"programme": self.programme, "by": self.by, "at": self.at}
        try:
            with transaction.atomic():
                source = sources.add(label=label, text=text, belongs=belongs, **known)
        except problems.SourceExists as problem:
            self.taken.say("text_exists", one.name, label=problem.facts["label"])
            there = Source.objects.select_related("current").get(pk=problem.facts["id"])
            self._follow(there, one.text)
            return there
        unnamed: list[dict[str, Any]] = [{"label": "", "speaker": "", "facts": {}}]
        for voice in returning.voices(facts.get("voices")) or unnamed:
            who = sources.take_part(label=self._label(voice["label"]), facts=voice["facts"], **known)
            sources.give_voice(
                source=source, participant=who, speaker=voice["speaker"], consent=Voice.Consent.UNKNOWN, by=self.by,
                at=self.at,
            )  # fmt: skip
        redacting.suggest(source=source, by=self.by, at=self.at)
        return source

    def _label(self, label: str) -> str:
        """A participant's label here. From another programme, *P1* is somebody else than our P1, with a free one."""
        if not label:
            return gathering.next_label(self.programme)
        ours = self.found.more.get("programme") == str(self.programme.uid)
        if label not in self.labels:
            taken = Participant.objects.filter(programme=self.programme, label=label).exists()
            self.labels[label] = gathering.next_label(self.programme) if taken and not ours else label
            if self.labels[label] != label:
                self.taken.say("label_taken", label, label=self.labels[label])
        return self.labels[label]

    def _follow(self, source: Source, text: str) -> None:
        """Where positions went when the text here was changed since it had these words."""
        assert source.current is not None
        self.moved.pop(source.pk, None)
        if source.current.text != text:
            self.moved[source.pk] = carrying.carrier(carrying.between(text, source.current.text))

    def _codings(self, source: Source, one: qdpx.Source, notes: dict[UUID, str]) -> list[Coding | None]:
        rows = [self._row(source, (0, len(one.text)), mark, "") for mark in one.codings if one.text]
        for each in one.selections:
            said = " ".join(notes.get(guid, "") for guid in each.notes).strip()
            rows += [self._row(source, (each.start, each.end), mark, said) for mark in each.codings]
        return rows

    def _row(self, source: Source, span: tuple[int, int], mark: qdpx.Coding, said: str) -> Coding | None:
        version = source.current
        assert version is not None
        if source.pk in self.moved:
            place = self.moved[source.pk].place(*span)
            if place.fate == "lost" or place.start >= place.end:
                self.taken.say("words_gone", source.label)
                return None
            span = (place.start, place.end)
        code, more = self.codes[mark.code], self.beyond("codings", mark.guid)
        pair = returning.guid(more.get("qualifier"))
        qualifier = self.codes.get(pair) if pair else None
        valence, note = more.get("valence"), more.get("note", "" if more else said)
        return Coding(
            id=uuid5(source.pk, f"coding:{mark.guid}"), source=source, version=version, start=span[0], end=span[1],
            coder=self.people.get(mark.user, self.by) if mark.user else self.by, code=code, qualifier=qualifier,
            note=normalised(note) if isinstance(note, str) else "", made_by=Coding.MadeBy.IMPORT,
            valence=valence if isinstance(valence, str) and valence in Valence.values else "",
            codebook_version=code.codebook.version, made_at=mark.at or self.at, changed_at=self.at,
        )  # fmt: skip


def _same(row: Coding) -> tuple[Any, ...]:
    """What two codings share of which one is enough: our own file brought back adds nothing to what it came from."""
    return (row.coder_id, row.start, row.end, row.code_id, row.qualifier_id, row.valence, row.note)
