"""A source is one text: an interview, a focus group, somebody's open answers, a note. Its words never change.

Positions are counted in code points of the normalised text (`formats.plain`). An edit or a redaction makes a
new version; codings are carried over and what became of each is kept.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class Participant(models.Model):
    """Somebody who speaks in the texts of a programme, under a label that does not say who it is."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "label", "person", "facts"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="voices")
    label = models.CharField(max_length=60)  # as "P07"; the only name that results and quotes show
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="voices")
    facts = models.JSONField(default=dict)  # groups results may be split by: {"part": "mentor", "province": "Lusaka"}

    class Meta:
        ordering = ["label", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "label"], name="voice_label_once")]

    def __str__(self) -> str:
        return self.label


class Source(models.Model):
    """One text and where it belongs. `current` is the version that is read and coded now."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview"
        FOCUS_GROUP = "focus_group"
        ANSWERS = "answers"  # open answers of one respondent to one questionnaire
        NOTE = "note"  # of an encounter: coaching content, only for those who may see coaching
        NEED = "need"
        DOCUMENT = "document"

    class Privacy:
        identifying = {"title", "added_by_name", "file_name"}
        open = {
            "id",
            "programme",
            "label",
            "kind",
            "origin",
            "record_id",
            "encounter_uid",
            "form_id",
            "wave",
            "study",
            "held_on",
            "place",
            "current",
            "is_blind",
            "added_at",
            "released_at",
            "settled_at",
            "withdrawn_at",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sources")
    label = models.CharField(max_length=60)  # short and safe to show: "Interview 4"
    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    origin = models.CharField(max_length=320, null=True, blank=True)  # the record it arrives from by itself
    record_id = models.UUIDField(null=True, blank=True, db_index=True)  # the note or need; who may read it decides
    file_name = models.CharField(max_length=255, blank=True)
    encounter_uid = models.UUIDField(null=True, blank=True, db_index=True)
    form_id = models.CharField(max_length=120, blank=True)
    wave = models.CharField(max_length=60, blank=True)  # which time point: baseline, 3 months …
    study = models.CharField(max_length=60, blank=True)  # the code of a study
    held_on = models.DateField(null=True, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="sources")
    current = models.ForeignKey("SourceVersion", models.PROTECT, null=True, related_name="+")
    is_blind = models.BooleanField(default=False)  # coders see each other only when all are done
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200)
    released_at = models.DateTimeField(null=True)  # identifiers were looked at; coders may read it
    settled_at = models.DateTimeField(null=True)  # disagreements were walked through
    withdrawn_at = models.DateTimeField(null=True)  # consent taken back, or the record is void; counts nowhere

    class Meta:
        ordering = ["label", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "origin"], name="source_origin_once")]
        indexes = [models.Index(fields=["programme", "kind"], name="source_by_kind")]

    def __str__(self) -> str:
        return self.label


class SourceVersion(models.Model):
    """The words of a source at one time. Never changed; the hash says so."""

    class Privacy:
        identifying = {"text", "segments", "made_by_name", "because"}
        open = {"id", "source", "number", "sha256", "n_chars", "redacts", "made_at", "carried"}

    source = models.ForeignKey(Source, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)  # of the text as UTF-8
    n_chars = models.PositiveIntegerField()  # code points
    # Pieces in order: {start, end, kind: turn|answer|paragraph, speaker, question, at (seconds)}.
    segments = models.JSONField(default=list)
    redacts = models.BooleanField(default=False)  # identifiers were taken out of the version before it
    because = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    carried = models.JSONField(default=dict)  # how many codings came over: {"same": n, "changed": n, "lost": n}

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="source_version_once")]


class Voice(models.Model):
    """A participant in one source, under the name of the speaker there, and whether they agreed to it."""

    class Consent(models.TextChoices):
        GIVEN = "given"
        UNKNOWN = "unknown"  # nobody wrote it down: the text waits
        WITHDRAWN = "withdrawn"

    class Privacy:
        identifying = {"speaker"}
        open = {"id", "source", "participant", "consent", "consent_on"}

    source = models.ForeignKey(Source, models.CASCADE, related_name="voices")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="voices")
    speaker = models.CharField(max_length=120, blank=True)  # as the transcript writes it; empty: the whole text
    consent = models.CharField(max_length=10, choices=Consent.choices, default=Consent.UNKNOWN)
    consent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["participant__label", "id"]
        constraints = [models.UniqueConstraint(fields=["source", "participant"], name="voice_once_in_a_source")]


class Redaction(models.Model):
    """A piece of a version that may say who somebody is; a person decides whether it goes."""

    class State(models.TextChoices):
        SUGGESTED = "suggested"
        ACCEPTED = "accepted"
        KEPT = "kept"  # it names nobody

    class Privacy:
        identifying = {"decided_by_name", "words"}
        open = {"id", "version", "start", "end", "kind", "replacement", "state", "decided_at"}

    version = models.ForeignKey(SourceVersion, models.CASCADE, related_name="redactions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)  # name, phone, number, register, by_hand
    words = models.CharField(max_length=300)
    replacement = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUGGESTED)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["start", "end", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "start", "end"], name="redaction_once"),
            models.CheckConstraint(name="redaction_has_words", condition=Q(end__gt=F("start"))),
        ]
