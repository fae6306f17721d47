"""Forms and submissions. Bytes are stored before anything else happens and are never changed.

What a submission *means* (encounters, ratings, needs, actions) is derived from it in other rooms.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mlezi.people.models import Device, Person
from mlezi.programmes.models import Programme


class Form(models.Model):
    """A form of a programme under its XForm id."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "form_id", "title", "purpose", "closed_at"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="forms")
    form_id = models.CharField(max_length=120)
    title = models.JSONField(default=dict)
    purpose = models.CharField(max_length=40, blank=True)  # visit, rating, practice, survey …
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "form_id"], name="form_id_once_in_a_programme")]

    def __str__(self) -> str:
        return self.form_id


class FormVersion(models.Model):
    """What was published under (form, version). Never changed: a phone trusts its hash."""

    class Privacy:
        identifying = {"published_by_name"}
        open = {
            "id",
            "form",
            "version",
            "xml",
            "md5",
            "source",
            "source_name",
            "languages",
            "meanings",
            "warnings",
            "clients",
            "published_at",
            "retired_at",
        }

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    version = models.CharField(max_length=120)
    xml = models.BinaryField()  # the XForm exactly as phones fetch it
    md5 = models.CharField(max_length=32)
    source = models.BinaryField()  # the workbook or Markdown it was made from
    source_name = models.CharField(max_length=255)
    languages = models.JSONField(default=list)
    meanings = models.JSONField(default=dict)  # question path → what it means (`mlezi:as`)
    warnings = models.JSONField(default=list)
    clients = models.JSONField(default=list)  # which clients can fill it: "field", "collect"
    published_at = models.DateTimeField()
    published_by_name = models.CharField(max_length=200)
    retired_at = models.DateTimeField(null=True, blank=True)  # phones no longer get it; its records still come in

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["form", "version"], name="form_version_once")]


class FormFile(models.Model):
    """A file a form version carries: a picture, a sound, a fixed list."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "form_version", "name", "content", "md5"}

    form_version = models.ForeignKey(FormVersion, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    md5 = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_version", "name"], name="form_file_once")]


class Submission(models.Model):
    """One record as it came. `xml` is what was sent, byte for byte."""

    class Source(models.TextChoices):
        COLLECT = "collect"
        FIELD = "field"
        WEB = "web"
        PAPER = "paper"  # typed in later from a sheet
        FILE = "file"  # brought to the office in an export

    class State(models.TextChoices):
        RECEIVED = "received"  # stored; not yet derived
        DERIVED = "derived"
        PARKED = "parked"  # stored; somebody must look (unknown version, failed derivation)
        SET_ASIDE = "set_aside"  # a person decided that it shall mean nothing

    class Privacy:
        identifying = {"xml", "trouble"}
        open = {
            "id",
            "programme",
            "form_id",
            "version",
            "form_version",
            "instance_id",
            "root_id",
            "replaces_id",
            "is_current",
            "sha256",
            "size",
            "received_at",
            "device",
            "sender",
            "source",
            "state",
            "encounter_uid",
            "derived_at",
            "derived_with",
            "flags",
            "device_time_at",
            "expected_files",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # Each index is a page more to write for each record: `programme` and `sender` stand first in others, a phone is
    # found by whoever holds it, and conditions leave most records out. How to ask so that a condition serves:
    # `queries/few.py`.
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="submissions", db_index=False)
    form_id = models.CharField(max_length=120)
    version = models.CharField(max_length=120, blank=True)
    form_version = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="submissions", db_index=False)
    instance_id = models.CharField(max_length=255)
    root_id = models.CharField(max_length=255)  # the first instance id of a chain of edits
    replaces_id = models.CharField(max_length=255, blank=True)
    is_current = models.BooleanField(default=True)
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    expected_files = models.JSONField(default=list)  # names of non-empty binary answers
    received_at = models.DateTimeField()
    device_time_at = models.DateTimeField(null=True)  # what the phone's clock said at the end of the form
    device = models.ForeignKey(Device, models.SET_NULL, null=True, related_name="submissions", db_index=False)
    sender = models.ForeignKey(Person, models.PROTECT, null=True, related_name="submissions_sent", db_index=False)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.COLLECT)
    # --- derived, rebuilt at will ---
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    encounter_uid = models.UUIDField(null=True)  # the encounter it is about
    derived_at = models.DateTimeField(null=True)
    derived_with = models.PositiveSmallIntegerField(default=0)  # version of the derivation
    flags = models.JSONField(default=list)  # fields that broke a rule: path, rule, message
    trouble = models.TextField(blank=True)  # why it is parked

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "form_id", "instance_id"], name="submission_once"),
            models.UniqueConstraint(  # so a chain of edits has one end, which is current
                fields=["programme", "form_id", "replaces_id"], condition=~Q(replaces_id=""), name="replaced_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["encounter_uid"], name="submission_encounter", condition=Q(encounter_uid__isnull=False)
            ),
            models.Index(  # entered by the worker, many at once; a phone does not wait for it
                fields=["programme", "received_at"], name="submission_worked_out", condition=~Q(state="received")
            ),
            models.Index(fields=["sender", "device", "received_at"], name="submission_sent"),
            models.Index(
                fields=["programme", "state"], name="submission_parked", condition=Q(state__in=["parked", "set_aside"])
            ),
            models.Index(fields=["programme", "root_id"], name="submission_edit", condition=~Q(replaces_id="")),
        ]


class Attachment(models.Model):
    """A file that came with a submission. The bytes are in the store under `key`."""

    class Privacy:
        identifying = {"name", "key"}
        open = {"id", "submission", "sha256", "size", "received_at", "is_expected"}

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=255)
    key = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    is_expected = models.BooleanField(default=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "name"], name="attachment_once")]


class Quarantined(models.Model):
    """A request whose content could not be taken as a submission. Kept whole until a person resolves it."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        TAKEN_IN = "taken_in"
        SET_ASIDE = "set_aside"

    class Privacy:
        identifying = {"content", "key", "headers", "resolved_by_name", "note"}
        open = {
            "id",
            "programme",
            "reason",
            "detail",
            "sha256",
            "xml_sha256",
            "size",
            "received_at",
            "device",
            "sender",
            "source",
            "outcome",
            "resolved_at",
            "submission",
            "instance_id",
            "form_id",
            "n_times",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="quarantined")
    reason = models.CharField(max_length=40)  # a problem's code
    detail = models.TextField(blank=True)  # what to do, in plain words
    content = models.BinaryField(default=bytes)  # the body as it came, unless it is large
    key = models.CharField(max_length=200, blank=True)  # where a large body is in the store
    headers = models.JSONField(default=dict)
    form_id = models.CharField(max_length=255, blank=True)
    instance_id = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64)  # of what matters: the record and its files, not the wrapping
    xml_sha256 = models.CharField(max_length=64, blank=True, db_index=True)  # of the record alone
    size = models.BigIntegerField()
    n_times = models.PositiveIntegerField(default=1)  # the same bytes sent again are counted, not stored twice
    received_at = models.DateTimeField()
    device = models.ForeignKey(Device, models.SET_NULL, null=True, related_name="+")
    sender = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=Submission.Source.choices, default=Submission.Source.COLLECT)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    resolved_at = models.DateTimeField(null=True)
    resolved_by_name = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    submission = models.ForeignKey(Submission, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "sha256", "reason"], name="quarantined_once"),
        ]
        indexes = [
            models.Index(fields=["programme", "received_at"], name="quarantined_received"),
            models.Index(fields=["instance_id"], name="quarantined_open", condition=Q(outcome="open")),
        ]


class Awaited(models.Model):
    """Something a submission names that is not known here yet. Derived; the record is derived again when it is."""

    class Privacy:
        identifying = {"value"}
        open = {"id", "submission", "kind"}

    id = models.UUIDField(primary_key=True)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="awaited")
    kind = models.CharField(max_length=20)  # person, place, type, competency, action
    value = models.CharField(max_length=200)  # as written

    class Meta:
        indexes = [models.Index(fields=["kind", "value"], name="awaited_by_value")]


class Rebuild(models.Model):
    """One run of deriving a programme again, and how far it came: a stopped one goes on where it was."""

    class Phase(models.TextChoices):
        IDENTIFY = "identify"
        MEETINGS = "meetings"
        OTHERS = "others"
        FOLLOW = "follow"
        DONE = "done"

    class Privacy:
        identifying = {"by_name"}
        open = {"id", "programme", "version", "started_at", "phase", "cursor", "n_done", "n_total", "finished_at"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rebuilds")
    version = models.PositiveSmallIntegerField()  # of the derivation
    started_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.IDENTIFY)
    cursor = models.UUIDField(null=True)  # the last encounter or record of this phase that is done
    n_done = models.PositiveIntegerField(default=0)
    n_total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], condition=Q(finished_at__isnull=True), name="one_rebuild_at_a_time"
            )
        ]
