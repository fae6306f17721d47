"""Studies as declared, how they were amended, and the snapshots their analyses read."""

from __future__ import annotations

import uuid

from django.db import models

from mlezi.programmes.models import Programme


class Study(models.Model):
    """One study of a programme; `plan` is what `study.yaml` says, as `studies.plan.Study` checks it."""

    class Source(models.TextChoices):
        BLUEPRINT = "blueprint"
        PAGE = "page"

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "code", "plan", "plan_sha256", "source", "declared_at"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="studies")
    code = models.SlugField(max_length=60)
    plan = models.JSONField()
    plan_sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=10, choices=Source.choices)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="study_code_once")]

    def __str__(self) -> str:
        return self.code


class Amendment(models.Model):
    """A change of the plan after records had come in. Never edited, never deleted: the report lists them all."""

    class Privacy:
        identifying = {"made_by_name", "why"}
        open = {"id", "study", "number", "made_at", "changes", "before"}

    study = models.ForeignKey(Study, models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    changes = models.JSONField()  # where in the plan, what stood there, what stands there now
    before = models.JSONField()  # the whole plan as it was

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="amendment_number_once")]


class Snapshot(models.Model):
    """Frozen, de-identified data of a study. The folder holds no key to persons; the salt is kept here, apart.

    The same plan and the same records give the same snapshot again, byte for byte.
    """

    class Privacy:
        identifying = {"made_by_name", "salt"}
        open = {"id", "uid", "study", "made_at", "plan_sha256", "data_sha256", "manifest", "manifest_sha256"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    study = models.ForeignKey(Study, models.CASCADE, related_name="snapshots")
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    salt = models.BinaryField()
    plan_sha256 = models.CharField(max_length=64)
    data_sha256 = models.CharField(max_length=64)  # of the rows before names of people were replaced
    manifest = models.JSONField()
    manifest_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "plan_sha256", "data_sha256"], name="the_same_data_are_frozen_once"
            )
        ]
