"""Between our rows and REFI-QDA: codebooks and projects, with what the standard has no place for put beside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from mlezi.formats import qdpx
from mlezi.formats.qdpx import Case, Project, Selection, Source, User
from mlezi.narratives import problems, reasons
from mlezi.narratives.codebook_files import CODE, CodebookFile, WantedCode
from mlezi.narratives.models import Code, Codebook, Coding
from mlezi.narratives.models import Source as Text
from mlezi.narratives.queries.codebooks import codes_of
from mlezi.narratives.queries.reader import Reader, codings_of, codings_seen, memos_of
from mlezi.plumbing.words import worded

PALETTE = ("#0f7c7a", "#c2571a", "#5b57a6", "#b0326b", "#4f7d1f", "#a17a00", "#6d4c2f", "#4a5a6a", "#1f6fb2", "#8a3fa0",
           "#2f8f5b", "#b23a3a")  # fmt: skip
LONGEST = 200  # letters of a name
DEEPEST = 380  # letters of a path
LABELS = {"description": "", "when_to_use": "Use: ", "when_not": "Not: ", "example": "Example: "}


def book_to_qdc(book: Codebook) -> bytes:
    """Raises `CodebookIsEmpty`: the standard knows no codebook without codes."""
    codes = codes_of(book)
    if not codes:
        raise problems.CodebookIsEmpty
    return qdpx.write_codebook([_code(one) for one in codes])


def _code(row: Code) -> qdpx.Code:
    said = [f"{label}{worded(getattr(row, name), 'en')}" for name, label in LABELS.items() if getattr(row, name)]
    return qdpx.Code(
        row.uid, worded(row.title, "en") or row.code, "\n".join(said), PALETTE[row.colour % len(PALETTE)], True,
        row.parent.uid if row.parent else None,
    )  # fmt: skip


def book_from_qdc(content: bytes, name: str = "imported.qdc") -> CodebookFile:
    """A .qdc file as a codebook called like the file. Codes are made from names; what stands twice gets a number."""
    try:
        codes, _ = qdpx.read_codebook(content)
    except qdpx.NotAProject as error:
        raise problems.NotAProject(file=name, reason=why(error)) from error
    title = name.rpartition(".")[0] or name
    return file_of(codes, code=slug(title), title=title)


def file_of(codes: Iterable[qdpx.Code], *, code: str, title: str) -> CodebookFile:
    """Codes of the standard as a codebook file of ours."""
    found = CodebookFile(code=code, title={"en": title[:LONGEST]})
    paths: dict[UUID | None, str] = {None: ""}
    taken: set[str] = set()
    for one in codes:
        parent = paths.get(one.parent, "")
        short = base = slug(one.name)
        n = 2
        if len(parent) + len(base) > DEEPEST:  # far deeper than people make trees: it stands at the top
            parent = ""
        while (path := f"{parent}.{short}" if parent else short) in taken:
            short, n = f"{base[:50]}-{n}", n + 1
        taken.add(path)
        paths[one.guid] = path
        words = {field: {"en": said} for field, said in _meanings(one.description).items()}
        colour = PALETTE.index(one.colour) if one.colour in PALETTE else None
        found.codes.append(WantedCode(path, short, parent, {"en": one.name[:LONGEST]}, words, colour=colour))
    return found


def _meanings(description: str) -> dict[str, str]:
    """What a code means and when to use it, out of one description as `_code` writes it."""
    found: dict[str, list[str]] = {}
    field = "description"
    for line in description.split("\n"):
        label = next((name for name, label in LABELS.items() if label and line.startswith(label)), "")
        field = label or field
        found.setdefault(field, []).append(line.removeprefix(LABELS[label]) if label else line)
    said = {name: "\n".join(lines).strip() for name, lines in found.items()}
    return {name: words for name, words in said.items() if words}


def slug(name: str) -> str:
    """A short code from a name."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name.casefold()).strip("-")
    plain = "-".join(part for part in plain.split("-") if part)[:60].strip("-")
    return plain if CODE.match(plain) else f"c-{plain}"[:60].strip("-") if plain else "code"


def why(error: qdpx.NotAProject) -> str:
    """The reason in words."""
    return str(reasons.REASONS.get(error.code, error.code)).format_map({**error.facts})


def project_of(reader: Reader, texts: Iterable[Text], name: str) -> Project:
    """The texts this person may read, with codings they may see."""
    rows = [one for one in texts if one.current is not None]
    codings = {one.pk: list(codings_of(reader, one).order_by("start", "end", "pk")) for one in rows}
    books = Codebook.objects.filter(codes__codings__in=[c.pk for some in codings.values() for c in some]).distinct()
    codes = [code for book in books.order_by("code", "pk") for code in codes_of(book, retired=True)]
    people = {c.coder_id: c.coder for some in codings.values() for c in some}
    notes: list[qdpx.Note] = []
    sources = tuple(_source(reader, one, codings[one.pk], notes) for one in rows)
    more: dict[str, Any] = {
        "programme": str(reader.programme.uid),
        "codings": {str(c.pk): _beyond(c) for some in codings.values() for c in some},
        "codes": {str(one.uid): {"path": one.path, "book": one.codebook.code, "title": one.title} for one in codes},
        "sources": {str(one.pk): _facts(one) for one in rows},
    }
    users = tuple(User(one.uid, one.name) for one in sorted(people.values(), key=lambda person: person.pk))
    return Project(name, "Mlezi", users, tuple(_code(one) for one in codes), sources, tuple(notes), _cases(rows), more)


def _source(reader: Reader, row: Text, codings: list[Coding], notes: list[qdpx.Note]) -> Source:
    version = row.current
    assert version is not None
    spans: dict[tuple[int, int, int], list[Coding]] = {}
    for one in codings:
        spans.setdefault((one.start, one.end, one.coder_id), []).append(one)
    selections = []
    for (start, end, _), some in spans.items():
        said = []
        for one in some:
            if one.note:
                note = qdpx.Note(_other(one.pk, 1), one.note, user=one.coder.uid, at=one.changed_at)
                notes.append(note)
                said.append(note.guid)
        marks = tuple(qdpx.Coding(one.pk, one.code.uid, one.coder.uid, one.made_at) for one in some)
        selections.append(Selection(_other(some[0].pk, 2), start, end, marks, "", tuple(said), some[0].coder.uid,
                                    some[0].made_at))  # fmt: skip
    of_text = []
    for memo in memos_of(reader, row):
        notes.append(qdpx.Note(memo.pk, memo.text, at=memo.made_at))
        of_text.append(memo.pk)
    return Source(row.pk, row.label, version.text, tuple(selections), (), tuple(of_text), row.title, row.added_at)


def _other(guid: UUID, n: int) -> UUID:
    """A second identifier that belongs to a coding: of its note, or of its selection."""
    return UUID(int=guid.int ^ n)


def _beyond(one: Coding) -> dict[str, Any]:
    """What the standard has no place for."""
    said = {
        "valence": one.valence, "qualifier": str(one.qualifier.uid) if one.qualifier else "", "made_by": one.made_by,
        "note": one.note,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value}


def _facts(row: Text) -> dict[str, Any]:
    version = row.current
    assert version is not None
    return {
        "kind": row.kind, "held_on": row.held_on.isoformat() if row.held_on else "", "wave": row.wave,
        "study": row.study, "pieces": version.segments,
        "voices": [
            {"label": one.participant.label, "speaker": one.speaker, "facts": one.participant.facts}
            for one in row.voices.select_related("participant")
        ],
    }  # fmt: skip


def _cases(rows: list[Text]) -> tuple[Case, ...]:
    """Each participant as a case with their texts."""
    found: dict[int, tuple[str, list[UUID]]] = {}
    for row in rows:
        for one in row.voices.select_related("participant"):
            found.setdefault(one.participant_id, (one.participant.label, []))[1].append(row.pk)
    return tuple(Case(UUID(int=0x6D6C657A_0000_4000_8000_000000000000 + pk), label, tuple(texts))
                 for pk, (label, texts) in sorted(found.items()))  # fmt: skip


def lost(reader: Reader) -> list[tuple[str, int]]:
    """What other programs will not find in this person's project, as codes of `reasons.LOSSES` with how many."""
    texts = Text.objects.filter(reader.visible, withdrawn_at=None, released_at__isnull=False)
    counts = codings_seen(reader).filter(source__in=texts).aggregate(
        valence=Count("pk", filter=~Q(valence="")), qualifier=Count("pk", filter=Q(qualifier__isnull=False)),
        rule=Count("pk", filter=~Q(made_by=Coding.MadeBy.HAND)),
    )  # fmt: skip
    counts["version"] = texts.filter(current__number__gt=1).count()
    return list(counts.items())
