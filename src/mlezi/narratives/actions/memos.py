"""Memos: thoughts about a text, a place in it, or a code."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.narratives import problems
from mlezi.narratives.models import Memo, Source
from mlezi.narratives.queries import codebooks
from mlezi.people.models import Person


@transaction.atomic
def write(
    *, source: Source, memo_id: UUID, text: str, by: Person, at: datetime, start: int | None = None,
    end: int | None = None, code_id: int | None = None,
) -> Memo:  # fmt: skip
    """Write a memo, or change one's own with the same id. Raises `IdTaken`, `BadSpan`, `NoSuchCode`."""
    held = Source.objects.select_for_update(of=("self",)).select_related("current", "programme").get(pk=source.pk)
    assert held.current is not None
    if start is not None and not (0 <= start <= (end or start) <= held.current.n_chars):
        raise problems.BadSpan(start=start, end=end, length=held.current.n_chars)
    if code_id is not None and not codebooks.usable_codes(held.programme).filter(pk=code_id).exists():
        raise problems.NoSuchCode(code=code_id)
    memo = Memo.objects.filter(pk=memo_id).first()
    if memo and (memo.author_id != by.pk or memo.source_id != held.pk):
        raise problems.IdTaken
    if memo is None:
        memo = Memo(id=memo_id, source=held, author=by, made_at=at)
    memo.version, memo.start, memo.end, memo.code_id = held.current, start, end, code_id
    memo.text, memo.changed_at, memo.removed_at = text, at, None
    memo.save()
    audit.record("memo.written", held, by=by, at=at, facts={"memo": str(memo.pk)})
    return memo


@transaction.atomic
def remove(*, memo_id: UUID, by: Person, at: datetime) -> None:
    """Take one's own memo back."""
    memo = Memo.objects.select_for_update().filter(pk=memo_id, author=by).first()
    if memo is None:
        raise problems.NoSuchCoding
    if memo.removed_at is None:
        memo.removed_at = memo.changed_at = at
        memo.save(update_fields=["removed_at", "changed_at"])
        audit.record("memo.removed", memo.source, by=by, at=at, facts={"memo": str(memo.pk)})
