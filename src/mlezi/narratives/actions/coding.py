"""Adding, changing and taking back codings. Two people on one text never overwrite each other.

A coding's id is made where it was marked, so that sending it again is answered with what is there. What a
coder did can be undone in the order in which they did it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.narratives import packing, problems
from mlezi.narratives.models import Code, Coding, Reading, Source, Step
from mlezi.narratives.models.coding import Valence
from mlezi.narratives.queries import codebooks
from mlezi.people.models import Person
from mlezi.plumbing.words import worded

CHANGEABLE = ("code_id", "qualifier_id", "valence", "note")


@dataclass(frozen=True)
class Marked:
    """A piece somebody marked, and what they say of it."""

    start: int
    end: int
    code: int
    qualifier: int | None = None
    valence: str = ""
    note: str = ""
    id: UUID = field(default_factory=uuid4)
    made_by: str = Coding.MadeBy.HAND


@transaction.atomic
def add(*, source: Source, marked: Sequence[Marked], version: int, by: Person, at: datetime) -> list[Coding]:
    """Code pieces of the version with this number. What was sent before is answered as it stands.

    Raises `OldVersion`, `IsDone`, `BadSpan`, `NoSuchCode`, `NotAPair`, `UnknownValence`, `IdTaken`.
    """
    held = _held(source, version)
    _begin(held, by, at)
    known = {row.pk: row for row in Coding.objects.filter(pk__in=[one.id for one in marked])}
    if any(row.source_id != held.pk or row.coder_id != by.pk for row in known.values()):
        raise problems.IdTaken
    codes = _codes(held, marked)
    rows = [_row(held, one, codes, by, at) for one in marked if one.id not in known]
    Coding.objects.bulk_create(rows)
    if rows:
        packing.keep(held.pk)
        _remember(held, by, "add", [row.pk for row in rows], at)
        audit.record("coding.added", held, by=by, at=at, facts={"n": len(rows), "version": version})
    made = {row.pk: row for row in rows} | known
    return [made[one.id] for one in marked]


@transaction.atomic
def change(*, coding_id: UUID, by: Person, at: datetime, **facts: Any) -> Coding:
    """Change code, qualifier, valence or note of one's own coding. Raises `NoSuchCoding` and as `add`."""
    [row] = _own([coding_id], by)
    _begin(row.source, by, at)
    new = {name: facts[name] for name in CHANGEABLE if name in facts and getattr(row, name) != facts[name]}
    if not new:
        return row
    before = {name: getattr(row, name) for name in new}
    for name, value in new.items():
        setattr(row, name, value)
    one = Marked(row.start, row.end, row.code_id, row.qualifier_id, row.valence, row.note, row.pk)
    codes = _codes(row.source, [one])
    _check(row.source, one, codes)
    row.codebook_version = codes[row.code_id].codebook.version
    row.changed_at = at
    row.save(update_fields=[*new, "codebook_version", "changed_at"])
    packing.keep(row.source_id)
    _remember(row.source, by, "change", [row.pk], at, before=before, after=new)
    audit.record("coding.changed", row.source, by=by, at=at, facts={"coding": str(row.pk), "fields": list(new)})
    return row


@transaction.atomic
def remove(*, coding_ids: Sequence[UUID], by: Person, at: datetime) -> list[Coding]:
    """Take one's own codings back. Those taken back already stay so. Raises `NoSuchCoding`, `IsDone`."""
    rows = _own(coding_ids, by, removed=True)
    for source in {row.source_id: row.source for row in rows}.values():
        _begin(source, by, at)
        gone = [row for row in rows if row.source_id == source.pk and row.removed_at is None]
        _put_away(gone, at)
        if gone:
            packing.keep(source.pk)
            _remember(source, by, "remove", [row.pk for row in gone], at)
            audit.record("coding.removed", source, by=by, at=at, facts={"n": len(gone)})
    return rows


@transaction.atomic
def undo(*, source: Source, by: Person, at: datetime) -> Step:
    """Take back the last thing this coder did here. Raises `NothingToUndo`."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    _begin(held, by, at)
    step = Step.objects.filter(source=held, coder=by, undone_at=None).order_by("-pk").first()
    if step is None:
        raise problems.NothingToUndo
    _carry_out(step, at, backwards=True)
    step.undone_at = at
    step.save(update_fields=["undone_at"])
    audit.record("coding.undone", held, by=by, at=at, facts={"verb": step.verb, "n": len(step.codings)})
    return step


@transaction.atomic
def redo(*, source: Source, by: Person, at: datetime) -> Step:
    """Do again what was undone last, unless something else was done since. Raises `NothingToUndo`."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    _begin(held, by, at)
    newest = Step.objects.filter(source=held, coder=by, undone_at=None).order_by("-pk").first()
    undone = Step.objects.filter(source=held, coder=by, undone_at__isnull=False)
    step = undone.filter(pk__gt=newest.pk if newest else 0).order_by("pk").first()
    if step is None:
        raise problems.NothingToUndo
    _carry_out(step, at, backwards=False)
    step.undone_at = None
    step.save(update_fields=["undone_at"])
    audit.record("coding.redone", held, by=by, at=at, facts={"verb": step.verb, "n": len(step.codings)})
    return step


def _held(source: Source, version: int) -> Source:
    """The source, locked, while the version that was coded is its current one."""
    held = Source.objects.select_for_update(of=("self",)).select_related("current", "programme").get(pk=source.pk)
    assert held.current is not None
    if held.withdrawn_at:
        raise problems.NoConsentLeft
    if held.current.number != version:
        raise problems.OldVersion(current=held.current.number)
    return held


def _begin(source: Source, by: Person, at: datetime) -> None:
    """The coder's pass through this source; refuses once they said that they are done."""
    reading, _ = Reading.objects.select_for_update().get_or_create(
        source=source, coder=by, defaults={"asked_at": None, "begun_at": at}
    )
    if reading.done_at is not None:
        raise problems.IsDone
    if reading.begun_at is None:
        reading.begun_at = at
        reading.save(update_fields=["begun_at"])


def _codes(source: Source, marked: Sequence[Marked]) -> dict[int, Code]:
    wanted = {one.code for one in marked} | {one.qualifier for one in marked if one.qualifier}
    return codebooks.usable_codes(source.programme).in_bulk(sorted(wanted))


def _row(source: Source, one: Marked, codes: dict[int, Code], by: Person, at: datetime) -> Coding:
    _check(source, one, codes)
    version = source.current
    assert version is not None
    return Coding(
        id=one.id, source=source, version=version, coder=by, start=one.start, end=one.end,
        code_id=one.code, qualifier_id=one.qualifier, valence=one.valence, note=one.note, made_by=one.made_by,
        codebook_version=codes[one.code].codebook.version, made_at=at, changed_at=at,
    )  # fmt: skip


def _check(source: Source, one: Marked, codes: dict[int, Code]) -> None:
    length = source.current.n_chars if source.current else 0
    if not 0 <= one.start < one.end <= length:
        raise problems.BadSpan(start=one.start, end=one.end, length=length)
    if one.valence and one.valence not in Valence.values:
        raise problems.UnknownValence(valence=one.valence)
    code = codes.get(one.code)
    if code is None:
        raise problems.NoSuchCode(code=one.code)
    if one.qualifier is None:
        return
    other = codes.get(one.qualifier)
    if other is None or code.qualified_by_id is None or other.parent_id != code.qualified_by_id:
        allowed = ", ".join(worded(each.title) for each in codebooks.qualifiers_of(code)) or "–"
        named = worded(other.title) if other else one.qualifier
        raise problems.NotAPair(qualifier=named, code=worded(code.title), allowed=allowed)


def _own(pks: Sequence[UUID], by: Person, *, removed: bool = False) -> list[Coding]:
    """These codings of this coder, locked: their texts first, as everybody who changes codings does."""
    mine = Coding.objects.filter(pk__in=pks, coder=by)
    texts = Source.objects.select_for_update().filter(pk__in=mine.values("source"))
    list(texts.order_by("pk").values_list("pk"))
    rows = mine.select_for_update(of=("self",)).select_related("source__current", "source__programme")
    found = {row.pk: row for row in rows.order_by("pk")}
    for pk in pks:
        row = found.get(pk)
        if row is None or row.version_id != row.source.current_id or (row.removed_at and not removed):
            raise problems.NoSuchCoding
    return [found[pk] for pk in dict.fromkeys(pks)]


def _remember(source: Source, by: Person, verb: str, ids: Sequence[UUID], at: datetime, **facts: Any) -> None:
    Step.objects.create(source=source, coder=by, verb=verb, codings=[str(pk) for pk in ids], at=at, **facts)


def _carry_out(step: Step, at: datetime, *, backwards: bool) -> None:
    rows = list(Coding.objects.filter(pk__in=step.codings, coder=step.coder_id))
    if step.verb == "change":
        values = step.before if backwards else step.after
        for row in rows:
            for name, value in values.items():
                setattr(row, name, value)
            row.changed_at = at
        Coding.objects.bulk_update(rows, [*values, "changed_at"])
    elif (step.verb == "add") == backwards:
        _put_away(rows, at)
    else:
        for row in rows:
            row.removed_at, row.changed_at = None, at
            row.is_current = row.version_id == row.source.current_id and row.carried != Coding.Carried.LOST
        Coding.objects.bulk_update(rows, ["removed_at", "changed_at", "is_current"])
    packing.keep(step.source_id)


def _put_away(rows: Sequence[Coding], at: datetime) -> None:
    for row in rows:
        row.removed_at, row.changed_at, row.is_current = at, at, False
    Coding.objects.bulk_update(rows, ["removed_at", "changed_at", "is_current"])
