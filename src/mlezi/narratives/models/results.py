"""What people concluded: how a disagreement was settled, and the summaries of a framework matrix."""

from __future__ import annotations

from django.db import models

from mlezi.narratives.models.codebooks import Code
from mlezi.narratives.models.sources import Participant, SourceVersion
from mlezi.people.models import Person


class Settlement(models.Model):
    """Whether a code applies to a unit about which coders differed. The newest holds."""

    class Privacy:
        identifying = {"note"}
        open = {"id", "version", "unit_kind", "start", "end", "code", "qualifier", "valence", "applies", "decided_by",
                "decided_at"}  # fmt: skip

    version = models.ForeignKey(SourceVersion, models.CASCADE, related_name="settlements")
    unit_kind = models.CharField(max_length=12)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.ForeignKey(Code, models.PROTECT, related_name="+")
    qualifier = models.ForeignKey(Code, models.PROTECT, null=True, related_name="+")
    valence = models.CharField(max_length=8, blank=True)
    applies = models.BooleanField()
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class Summary(models.Model):
    """What somebody wrote in a cell of the framework matrix: one participant, one theme. The newest holds."""

    class Privacy:
        identifying = {"text"}
        open = {"id", "participant", "code", "wave", "written_by", "written_at"}

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="summaries")
    code = models.ForeignKey(Code, models.PROTECT, related_name="summaries")
    wave = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
