"""Walking through disagreements to one settled coding of a text."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.methods.coding.units import Unit
from mlezi.narratives import packing, problems
from mlezi.narratives.models import Code, Coding, Settlement, Source
from mlezi.narratives.queries import agreeing
from mlezi.narratives.queries.reader import still_reading
from mlezi.people.models import Person
from mlezi.plumbing.words import worded

SETTLED = UUID("7a0e3c1e-52b4-4f37-9a53-6d6c657a6933")


@transaction.atomic
def settle(
    *, source: Source, unit: Unit, kind: str, code: Code, applies: bool, by: Person, at: datetime, note: str = ""
) -> Settlement:
    """Decide whether a code applies to a unit about which the coders differ. Raises `NotYetDone`."""
    held = _ready(source)
    assert held.current is not None
    made = Settlement.objects.create(
        version=held.current, unit_kind=kind, start=unit.start, end=unit.end, code=code, applies=applies, note=note,
        decided_by=by, decided_at=at,
    )  # fmt: skip
    audit.record("coding.settled", held, by=by, at=at, facts={"code": code.path, "applies": applies})
    return made


@transaction.atomic
def finish(*, source: Source, kind: str, by: Person, at: datetime) -> list[Coding]:
    """Make the settled coding of the text: what all coders said, and what was settled. It counts from now on.

    It is of every codebook that they used: what is settled stands for the whole text. Raises `NotYetDone`,
    `StillDiffers`. Done again it replaces what was settled before.
    """
    held = _ready(source)
    version = held.current
    assert version is not None
    used = agreeing.open_by_book(held, kind)
    open_ = {worded(book.title): n for book, n in used.items() if n}
    if open_:
        raise problems.StillDiffers(n=sum(open_.values()), books=", ".join(open_))
    refused = {(one.unit.start, one.unit.end, one.code.pk) for book in used
               for one in agreeing.differences(held, book, kind) if not one.settled}  # fmt: skip
    units = agreeing.units_of(held, kind)
    standing = Coding.objects.filter(source=held, version=version, removed_at=None)
    before = standing.filter(made_by=Coding.MadeBy.SETTLED)
    before.update(removed_at=at, is_current=False, changed_at=at)
    rows, seen = [], set()
    for row in standing.exclude(made_by=Coding.MadeBy.SETTLED).order_by("start", "pk"):
        touched = [unit for unit in units if unit.touches(row.start, row.end)]
        kept = [unit for unit in touched if (unit.start, unit.end, row.code_id) not in refused]
        first = kept[0] if kept else None
        key = (first, row.code_id, row.qualifier_id, row.valence)
        if (touched and not kept) or key in seen:
            continue  # refused, or the same said by another coder of the same unit
        seen.add(key)
        rows.append(_copy(row, by, at))
    Coding.objects.bulk_create(rows)
    packing.keep(held.pk)
    held.settled_at = at
    held.save(update_fields=["settled_at"])
    audit.record("source.settled", held, by=by, at=at, facts={"n": len(rows), "refused": len(refused)})
    return rows


def _copy(row: Coding, by: Person, at: datetime) -> Coding:
    return Coding(
        id=uuid5(SETTLED, f"{row.pk}:{at.isoformat()}"), source_id=row.source_id, version_id=row.version_id, coder=by,
        start=row.start, end=row.end, code_id=row.code_id, qualifier_id=row.qualifier_id, valence=row.valence,
        note=row.note, made_by=Coding.MadeBy.SETTLED, codebook_version=row.codebook_version, made_at=at, changed_at=at,
        carried_from=row.pk,
    )  # fmt: skip


def _ready(source: Source) -> Source:
    held = Source.objects.select_for_update(of=("self",)).select_related("current").get(pk=source.pk)
    if not agreeing.all_done(held):
        raise problems.NotYetDone(waiting=", ".join(still_reading(held)) or "–")
    return held
