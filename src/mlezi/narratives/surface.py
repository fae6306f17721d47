"""What the coding page is given, as plain JSON: the text by pieces, its codings, memos, codes, and who is here.

Positions are code points. The page in the browser counts UTF-16 units and converts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from mlezi.narratives.actions.reading import others_here
from mlezi.narratives.models import Code, Coding, Memo, Reading, Source
from mlezi.narratives.queries import codebooks
from mlezi.narratives.queries.reader import Reader, codings_of, is_open, memos_of, still_reading
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme

LOOKS_BACK = timedelta(seconds=20)


def whole(reader: Reader, source: Source, *, at: datetime) -> dict[str, Any]:
    """Everything the page needs to begin."""
    version = source.current
    assert version is not None
    return {
        "source": {
            "id": str(source.pk), "label": source.label, "title": source.title, "kind": source.kind,
            "version": version.number, "sha256": version.sha256, "n_chars": version.n_chars, "wave": source.wave,
            "held_on": source.held_on, "is_blind": source.is_blind,
        },
        "pieces": pieces(source),
        "codings": [coding(row) for row in _shown(reader, source).order_by("start", "end", "pk")],
        "memos": [memo(row) for row in memos_of(reader, source)],
        "codebooks": books(reader.programme),
        "me": {"id": reader.person.pk, "name": reader.person.name},
        "now": at,
        **state(reader, source, at),
    }  # fmt: skip


def _shown(reader: Reader, source: Source, *, removed: bool = False) -> QuerySet[Coding]:
    """Codings that are drawn: of a settled text what was settled, and not once more what it was settled from."""
    rows = codings_of(reader, source, removed=removed)
    if source.settled_at is None:
        return rows
    return rows.filter(Q(made_by=Coding.MadeBy.SETTLED) | Q(made_at__gt=source.settled_at))


def state(reader: Reader, source: Source, at: datetime) -> dict[str, Any]:
    """What a poll tells besides changes: who is here, whether I am done, whether codings are hidden."""
    mine = Reading.objects.filter(source=source, coder=reader.person).first()
    open_ = is_open(source)
    here = others_here(source, reader.person, at)
    return {
        # Where somebody stops to think would tell a blind coder which words to look at.
        "here": [{"name": one.person.name, "position": one.position if open_ else 0} for one in here],
        "done": bool(mine and mine.done_at),
        "may_code": reader.may_code and not (mine and mine.done_at),
        "others_hidden": not open_,
        "n_still_reading": 0 if open_ else len(still_reading(source)),
        "version": source.current.number if source.current else 0,
    }


def pieces(source: Source) -> list[dict[str, Any]]:
    """The text cut into its pieces; words between pieces belong to the piece before, so that nothing is left out.

    Speakers are shown by the participant's label, where one is given.
    """
    version = source.current
    assert version is not None
    voices = {one.speaker: one.participant.label for one in source.voices.select_related("participant")}
    found: list[dict[str, Any]] = []
    segments = version.segments or [{"start": 0, "end": version.n_chars, "kind": "paragraph"}]
    for number, piece in enumerate(segments):
        start = 0 if number == 0 else piece["start"]
        end = segments[number + 1]["start"] if number + 1 < len(segments) else version.n_chars
        speaker, words = piece.get("speaker", ""), version.text[start:end]
        participant, question = voices.get(speaker) or voices.get("", ""), piece.get("question", "")
        named = participant or question or speaker
        found.append(
            {
                "n": number, "start": start, "end": end, "kind": piece["kind"], "speaker": speaker,
                "participant": participant, "question": question, "at": piece.get("at"), "text": words,
                "who": "" if _begins(words, named) else named,
            }
        )  # fmt: skip
    return found


def _begins(words: str, name: str) -> bool:
    """Whether the words say by themselves who speaks: *P1: We practise*, yet not *P10: …* of P1."""
    return words.startswith(name) and not words[len(name) : len(name) + 1].isalnum()


def changes(reader: Reader, source: Source, since: datetime) -> dict[str, Any]:
    """Codings that came, changed or went since then, as far as this person may see them."""
    # A change is dated before it is committed: one that was under way at the last poll would be missed without this.
    since -= LOOKS_BACK
    rows = _shown(reader, source, removed=True).filter(changed_at__gt=since)
    notes = memos_of(reader, source, removed=True).filter(changed_at__gt=since)
    return {
        "codings": [coding(row) for row in rows if row.removed_at is None],
        "removed": [str(row.pk) for row in rows if row.removed_at is not None],
        "memos": [memo(row) for row in notes if row.removed_at is None],
        "memos_removed": [str(row.pk) for row in notes if row.removed_at is not None],
    }


def coding(row: Coding) -> dict[str, Any]:
    return {
        "id": str(row.pk), "start": row.start, "end": row.end, "code": row.code_id, "qualifier": row.qualifier_id,
        "valence": row.valence, "note": row.note, "coder": row.coder_id, "coder_name": row.coder.name,
        "made_by": row.made_by, "carried": row.carried, "at": row.changed_at,
    }  # fmt: skip


def memo(row: Memo) -> dict[str, Any]:
    return {
        "id": str(row.pk), "start": row.start, "end": row.end, "code": row.code_id, "text": row.text,
        "author": row.author_id, "author_name": row.author.name, "at": row.changed_at,
    }  # fmt: skip


def books(programme: Programme) -> list[dict[str, Any]]:
    """The codebooks one may code with, each tree in order."""
    return [
        {"id": book.pk, "code": book.code, "title": worded(book.title), "codes": codes(codebooks.codes_of(book))}
        for book in codebooks.usable_in(programme)
    ]


def codes(rows: Iterable[Code]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.pk, "path": one.path, "depth": one.path.count("."), "parent": one.parent_id,
            "title": worded(one.title), "description": worded(one.description), "when_to_use": worded(one.when_to_use),
            "when_not": worded(one.when_not), "example": worded(one.example), "colour": one.colour,
            "qualified_by": one.qualified_by_id, "inductive": one.is_inductive,
        }
        for one in rows
    ]  # fmt: skip
