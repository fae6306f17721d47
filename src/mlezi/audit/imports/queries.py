"""Batches that somebody brought in. Only who brought one in sees it: it may name people of any part."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from mlezi.audit import problems
from mlezi.audit.actions import Actor
from mlezi.audit.models import ImportBatch, ImportRow


def batches_of(by: Actor, programme_code: str, kind: str) -> QuerySet[ImportBatch]:
    """The lists of one kind that the person brought in, newest first."""
    return (
        ImportBatch.objects.filter(by_uid=str(by.uid), programme_code=programme_code, kind=kind)
        .defer("content")
        .order_by("-previewed_at")
    )


def batch_of(by: Actor, programme_code: str, kind: str, batch_id: UUID) -> ImportBatch:
    """Raises `NoSuchBatch`, also for somebody else's."""
    found = batches_of(by, programme_code, kind).filter(pk=batch_id).first()
    if found is None:
        raise problems.NoSuchBatch
    return found


def rows_of(batch: ImportBatch) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(batch=batch)
