"""What coders did: codings, memos, steps that can be undone, and when somebody was done with a source."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from mlezi.narratives.models.codebooks import Code
from mlezi.narratives.models.sources import Source, SourceVersion
from mlezi.people.models import Person


class Valence(models.TextChoices):
    HELPS = "helps"
    HINDERS = "hinders"
    BOTH = "both"
    NEITHER = "neither"


class Coding(models.Model):
    """A coder says that a span of a version is about a code. Taken back by `removed_at`, never deleted."""

    class MadeBy(models.TextChoices):
        HAND = "hand"
        SPEAKER = "speaker"
        QUESTION = "question"
        SUGGESTION = "suggestion"  # a suggestion that the coder accepted
        IMPORT = "import"
        SETTLED = "settled"  # what the coders agreed on, or settled together

    class Carried(models.TextChoices):
        SAME = "same"
        CHANGED = "changed"  # its words changed in the new version
        LOST = "lost"  # nothing of its words is left; counts nowhere until somebody looks

    class Privacy:
        identifying = {"note"}
        open = {"id", "source", "version", "coder", "start", "end", "code", "qualifier", "valence", "made_by",
                "codebook_version", "made_at", "changed_at", "removed_at", "carried", "carried_from",
                "is_current"}  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page, so that sending again is harmless
    source = models.ForeignKey(Source, models.CASCADE, related_name="codings")
    version = models.ForeignKey(SourceVersion, models.CASCADE, related_name="codings")
    coder = models.ForeignKey(Person, models.PROTECT, related_name="codings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.ForeignKey(Code, models.PROTECT, related_name="codings")
    qualifier = models.ForeignKey(Code, models.PROTECT, null=True, blank=True, related_name="qualified_codings")
    valence = models.CharField(max_length=8, choices=Valence.choices, blank=True)
    note = models.TextField(blank=True)
    made_by = models.CharField(max_length=10, choices=MadeBy.choices, default=MadeBy.HAND)
    codebook_version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    carried = models.CharField(max_length=8, choices=Carried.choices, blank=True)
    carried_from = models.UUIDField(null=True, blank=True)
    is_current = models.BooleanField(default=True)  # stands on the source's current version and is not taken back

    class Meta:
        ordering = ["start", "end", "id"]
        constraints = [models.CheckConstraint(name="coding_ends_after_it_starts", condition=Q(end__gte=F("start")))]
        indexes = [
            models.Index(fields=["source", "changed_at"], name="coding_changes"),
            models.Index(fields=["version", "start"], name="coding_in_order"),
            models.Index(
                fields=["code", "version", "start", "end", "valence", "is_current"], name="coding_counted",
                condition=Q(is_current=True),
            ),  # counting reads nothing else; the last field lets SQLite answer from the index alone
        ]  # fmt: skip


class Packed(models.Model):
    """The codings of a text that count, as one run of numbers: a project is counted without reading each of them.

    Written by `packing.keep` in the transaction that changes them. A text without a row is read coding by coding.
    """

    class Privacy:
        identifying: set[str] = set()
        open = {"source", "columns"}

    source = models.OneToOneField(Source, models.CASCADE, primary_key=True, related_name="packed")
    columns = models.BinaryField()


class Step(models.Model):
    """One thing a coder did to codings of a source, as undo sees it."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "source", "coder", "verb", "codings", "before", "after", "at", "undone_at"}

    source = models.ForeignKey(Source, models.CASCADE, related_name="steps")
    coder = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10)  # add, remove, change
    codings = models.JSONField(default=list)  # their ids
    before = models.JSONField(default=dict)  # of a change: what stood before
    after = models.JSONField(default=dict)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["source", "coder", "-id"], name="step_newest")]


class Memo(models.Model):
    """A thought, about a source, a place in it, or a code."""

    class Privacy:
        identifying = {"text"}
        open = {"id", "source", "version", "start", "end", "code", "author", "made_at", "changed_at",
                "removed_at"}  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    source = models.ForeignKey(Source, models.CASCADE, related_name="memos")
    version = models.ForeignKey(SourceVersion, models.CASCADE, related_name="+")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    code = models.ForeignKey(Code, models.PROTECT, null=True, blank=True, related_name="memos")
    author = models.ForeignKey(Person, models.PROTECT, related_name="memos")
    text = models.TextField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]


class Reading(models.Model):
    """A coder's pass through a source: given to them, begun, done. *Done* without codings says that nothing applies."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "source", "coder", "asked_at", "begun_at", "done_at", "nothing_applies", "n_codings"}

    source = models.ForeignKey(Source, models.CASCADE, related_name="readings")
    coder = models.ForeignKey(Person, models.PROTECT, related_name="readings")
    asked_at = models.DateTimeField(null=True)  # somebody gave it to them; empty: they opened it themselves
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    nothing_applies = models.BooleanField(default=False)
    n_codings = models.PositiveIntegerField(default=0)  # when they said done

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "coder"], name="reading_once")]


class Presence(models.Model):
    """Who has a source open, and where they are in it. Forgotten after a minute of silence."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "source", "person", "at", "position"}

    source = models.ForeignKey(Source, models.CASCADE, related_name="present")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "person"], name="present_once")]
