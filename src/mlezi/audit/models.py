"""The record of what happened. Rows are text, not foreign keys, so that the record blocks nothing.

An `Event` is written in the same transaction as the change it tells of. Events whose name stands
in `config/reactions.py` wait here for the worker: the table is the queue (the outbox).
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q


class Counted(models.BigAutoField):  # type: ignore[type-arg]
    """A key that the database counts, and nothing else: SQLite would note the highest of a table whose rows are
    deleted, which is a page more to write for each event. Events are not deleted."""

    def db_type_suffix(self, connection: Any) -> str | None:
        return None if connection.vendor == "sqlite" else super().db_type_suffix(connection)


class Event(models.Model):
    """One thing somebody did. Never edited; only its own handling is noted on it."""

    class Privacy:
        identifying = {"by_name", "facts"}
        open = {
            "id",
            "name",
            "subject_kind",
            "subject_id",
            "at",
            "by_uid",
            "waits",
            "run_after",
            "leased_until",
            "attempts",
            "handled_at",
            "failure",
        }

    id = Counted(primary_key=True)
    name = models.CharField(max_length=60)  # subject.verb, as in "submission.received"
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    at = models.DateTimeField()  # no index: what came later has a higher `id`, unless somebody dated it back
    by_uid = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    # --- the outbox: set only while a reaction is due ---
    waits = models.BooleanField(default=False)
    run_after = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)  # a worker that dies lets go when this passes
    attempts = models.PositiveSmallIntegerField(default=0)
    handled_at = models.DateTimeField(null=True)
    failure = models.TextField(default="")

    class Meta:
        indexes = [
            # That a record came, the record says itself: nearly all events are of that, and are not in it.
            models.Index(
                fields=["subject_kind", "subject_id"], name="event_about", condition=~Q(name="submission.received")
            ),
            models.Index(fields=["run_after", "id"], name="event_waiting", condition=Q(waits=True)),
            models.Index(fields=["id"], name="event_failed", condition=Q(handled_at__isnull=True) & ~Q(failure="")),
        ]


class ImportBatch(models.Model):
    """One file that somebody brought in: previewed, then applied, and perhaps undone."""

    class Privacy:
        identifying = {"by_name", "file_name", "content"}
        open = {
            "id",
            "kind",
            "programme_code",
            "sha256",
            "by_uid",
            "previewed_at",
            "applied_at",
            "undone_at",
            "summary",
            "options",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=30)  # places, people, pairings, outcomes …
    programme_code = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField()  # the file as it came
    sha256 = models.CharField(max_length=64)
    options = models.JSONField(default=dict)  # sheet, column map …
    summary = models.JSONField(default=dict)  # counts by outcome
    by_uid = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    previewed_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)


class ImportRow(models.Model):
    """What one row of a file would do or did, with what stood there before, for undoing."""

    class Outcome(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        UNCHANGED = "unchanged"
        PROBLEM = "problem"

    class Privacy:
        identifying = {"values", "before", "reason"}
        open = {"id", "batch", "number", "outcome", "subject_id"}

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the spreadsheet counts: the header is row 1
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    values = models.JSONField()
    before = models.JSONField(null=True)
    subject_id = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
