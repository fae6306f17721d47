"""Making one code of two, and two of one. Codings go along, whoever made them; the codebook keeps what it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.narratives import packing, problems
from mlezi.narratives.actions.codebooks import changeable, keep, move_code
from mlezi.narratives.models import Code, Codebook, Coding, Memo, Settlement, Source, Step, Summary
from mlezi.narratives.queries.history import MERGED
from mlezi.people.models import Person
from mlezi.plumbing.words import worded


@transaction.atomic
def merge(*, code: Code, into: Code, by: Person, at: datetime) -> int:
    """All that was coded with one code, and what stands under it, goes to another; the first is no longer used.

    Where a coder gave both to the same words, one coding stays. How many codings went.
    Raises `MergesIntoItself`, `BothHold`, `CodebookIsShared`.
    """
    book = changeable(code.codebook)
    if into.codebook_id != book.pk or into.pk == code.pk or into.path.startswith(code.path + "."):
        raise problems.MergesIntoItself
    _move_what_is_below(code, into, by, at)
    code.retired_at = at
    code.save(update_fields=["retired_at"])
    keep(book, f"{code.path}{MERGED}{into.path}", by, at)
    n = _recode(Coding.objects.filter(code=code, is_current=True), into, book, at)
    Coding.objects.filter(qualifier=code, is_current=True).update(qualifier=into, changed_at=at)
    Memo.objects.filter(code=code).update(code=into, changed_at=at)
    Settlement.objects.filter(code=code).update(code=into)
    _join_summaries(code, into, by, at)
    audit.record("code.merged", code, by=by, at=at, facts={"into": into.path, "codings": n})
    return n


@transaction.atomic
def recode(*, code: Code, into: Code, codings: Sequence[Coding], by: Actor, at: datetime) -> int:
    """Give these codings of one code another code of the same codebook. How many went. Raises `MergesIntoItself`."""
    book = changeable(code.codebook)
    if into.codebook_id != book.pk or into.pk == code.pk:
        raise problems.MergesIntoItself
    rows = Coding.objects.filter(code=code, is_current=True, pk__in=[one.pk for one in codings])
    n = _recode(rows, into, book, at)
    audit.record("code.split", code, by=by, at=at, facts={"into": into.path, "codings": n})
    return n


def _move_what_is_below(code: Code, into: Code, by: Actor, at: datetime) -> None:
    for below in Code.objects.filter(parent=code, retired_at=None).order_by("order", "pk"):
        try:
            with transaction.atomic():
                move_code(code=below, under=into, by=by, at=at)
        except problems.CodeStandsThere as problem:
            raise problems.BothHold(code=worded(below.title)) from problem


def _recode(rows: QuerySet[Coding], into: Code, book: Codebook, at: datetime) -> int:
    """Texts are locked first, as everybody who changes codings does."""
    texts = sorted(set(rows.order_by().values_list("source", flat=True)))
    list(Source.objects.select_for_update().filter(pk__in=texts).order_by("pk").values_list("pk"))
    held = list(rows.select_for_update())
    there = {_same(one) for one in Coding.objects.filter(code=into, is_current=True, source__in=texts)}
    was = {one.code_id for one in held}
    for one in held:
        if _same(one) in there:
            one.removed_at, one.is_current = at, False
        one.code, one.codebook_version, one.changed_at = into, book.version, at
    Coding.objects.bulk_update(held, ["code", "codebook_version", "changed_at", "removed_at", "is_current"], 500)
    # Undo would give a coding the code back that it had: what stood before is another code now.
    back = Q(before__code_id__in=was) | Q(after__code_id__in=was)
    Step.objects.filter(source__in=texts, verb="change").filter(back).delete()
    for text in texts:
        packing.keep(text)
    return len(held)


def _same(one: Coding) -> tuple[Any, ...]:
    return (one.source_id, one.coder_id, one.start, one.end, one.qualifier_id, one.valence)


def _join_summaries(code: Code, into: Code, by: Person, at: datetime) -> None:
    """Cells of the matrix: where both codes have one, their words stand one after the other."""
    there = {(one.participant_id, one.wave): one for one in Summary.objects.filter(code=into).order_by("pk")}
    for place, one in {(one.participant_id, one.wave): one for one in code.summaries.order_by("pk")}.items():
        words = [row.text for row in (there.get(place), one) if row and row.text]
        if words:
            Summary.objects.create(participant_id=one.participant_id, code=into, wave=one.wave, text="\n".join(words),
                                   written_by=by, written_at=at)  # fmt: skip
