"""Versions of a text, and codings carried from one to the next. Called inside an action's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from mlezi.audit.actions import Actor
from mlezi.formats.plain import Text, fingerprint
from mlezi.methods.coding import carrying
from mlezi.methods.coding.carrying import Carrier, Edit
from mlezi.narratives.models import Coding, Memo, Settlement, Source, SourceVersion, Step
from mlezi.narratives.packing import keep

CARRIED = UUID("7a0e3c1e-52b4-4f37-9a53-6d6c657a6931")  # a namespace: a coding carried twice has one id


def first_version(source: Source, text: Text, *, by: Actor, at: datetime) -> SourceVersion:
    """The words as they came, once normalised."""
    pieces = [piece.as_dict() for piece in text.pieces]
    return _put(source, 1, text.words, pieces, by=by, at=at)


def next_version(
    source: Source, edits: list[Edit], *, because: str, by: Actor, at: datetime, redacts: bool = False,
    called: Mapping[str, str] | None = None,
) -> SourceVersion:  # fmt: skip
    """The words after the edits. Codings and memos go along; what became of them is counted on the version.

    `called`: speakers whose names were taken out, and what stands in their place.
    """
    old = source.current
    assert old is not None
    carrier = carrying.carrier(edits)
    words = carrying.applied(old.text, edits)
    pieces = [_moved(piece, carrier) for piece in old.segments]
    for name, label in (called or {}).items():
        if source.voices.filter(speaker=name).update(speaker=label[:120]):
            pieces = [piece | {"speaker": label} if piece.get("speaker") == name else piece for piece in pieces]
    made = _put(
        source, old.number + 1, words, [piece for piece in pieces if piece["end"] > piece["start"]],
        by=by, at=at, because=because, redacts=redacts,
    )  # fmt: skip
    made.carried = dict(Counter(_carry(old, made, carrier, at)))
    made.save(update_fields=["carried"])
    Step.objects.filter(source=source).delete()  # undo goes back as far as the words do
    for memo in Memo.objects.filter(version=old, start__isnull=False):
        place = carrier.place(memo.start or 0, memo.end or 0)
        memo.version, memo.start, memo.end = made, place.start, place.end
        memo.save(update_fields=["version", "start", "end"])
    _carry_settled(old, made, carrier)
    return made


def _put(
    source: Source, number: int, words: str, pieces: list[dict[str, Any]], *, by: Actor, at: datetime,
    because: str = "", redacts: bool = False,
) -> SourceVersion:  # fmt: skip
    made = SourceVersion.objects.create(
        source=source, number=number, text=words, sha256=fingerprint(words), n_chars=len(words), segments=pieces,
        redacts=redacts, because=because[:300], made_at=at, made_by_name=by.name,
    )  # fmt: skip
    source.current = made
    source.save(update_fields=["current"])
    return made


def _moved(piece: dict[str, Any], carrier: Carrier) -> dict[str, Any]:
    place = carrier.place(piece["start"], piece["end"])
    return piece | {"start": place.start, "end": place.end}


def _carry_settled(old: SourceVersion, made: SourceVersion, carrier: Carrier) -> None:
    """What was settled about a unit stands as long as the unit does; units move as the pieces do."""
    rows = []
    for row in old.settlements.order_by("pk"):
        place = carrier.place(row.start, row.end)
        if place.end > place.start:
            row.pk, row.version, row.start, row.end = None, made, place.start, place.end
            rows.append(row)
    Settlement.objects.bulk_create(rows, batch_size=500)


def _carry(old: SourceVersion, made: SourceVersion, carrier: Carrier, at: datetime) -> list[str]:
    """Put what stands on the old version onto the new one; the old rows stay as they were, no longer current."""
    standing = list(Coding.objects.filter(version=old, removed_at=None).exclude(carried=Coding.Carried.LOST))
    rows: list[Coding] = []
    for row in standing:
        place = carrier.place(row.start, row.end)
        before = row.pk
        row.pk = uuid5(CARRIED, f"{before}:{made.pk}")
        row.version, row.start, row.end = made, place.start, place.end
        row.carried, row.carried_from, row.changed_at = place.fate, before, at
        row.is_current = place.fate != "lost"
        rows.append(row)
    Coding.objects.filter(version=old).update(is_current=False)
    Coding.objects.bulk_create(rows, batch_size=500)
    keep(made.source_id)
    return [row.carried for row in rows]
