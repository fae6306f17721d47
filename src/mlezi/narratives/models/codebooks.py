"""A codebook is a tree of codes with what each means. Changing one makes a new version; codings say which they used."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mlezi.programmes.models import Programme


class Codebook(models.Model):
    """A tree of codes, of one programme or shared between all."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "code", "title", "source", "licence", "is_shared", "version", "file_hash",
                "added_at", "retired_at"}  # fmt: skip

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="codebooks")
    code = models.SlugField(max_length=60)
    title = models.JSONField(default=dict)
    source = models.TextField(blank=True)  # what it is taken from, as one cites it
    licence = models.CharField(max_length=120, blank=True)
    is_shared = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    file_hash = models.CharField(max_length=64, blank=True)  # of the file it was last brought in from
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="codebook_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(programme=None), name="codebook_for_all_once"),
        ]

    def __str__(self) -> str:
        return self.code


class CodebookVersion(models.Model):
    """A codebook whole, as it stood under one number. Never changed."""

    class Privacy:
        identifying = {"made_by_name"}
        open = {"id", "codebook", "number", "content", "because", "made_at"}

    codebook = models.ForeignKey(Codebook, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    because = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["codebook", "number"], name="codebook_version_once")]


class Code(models.Model):
    """One code. Its identity is `uid`; the same name may stand twice in the tree."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "uid", "codebook", "parent", "code", "path", "title", "description", "when_to_use", "when_not",
                "example", "order", "colour", "is_inductive", "qualified_by", "maps_to", "retired_at"}  # fmt: skip

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    codebook = models.ForeignKey(Codebook, models.CASCADE, related_name="codes")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.SlugField(max_length=60)
    path = models.CharField(max_length=400)  # codes from the top, dots between: "inner.available_resources.space"
    title = models.JSONField(default=dict)
    description = models.JSONField(default=dict)
    when_to_use = models.JSONField(default=dict)
    when_not = models.JSONField(default=dict)
    example = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0)
    colour = models.PositiveSmallIntegerField(default=0)  # a number of the palette
    is_inductive = models.BooleanField(default=False)  # found in the material, not in the framework
    # A code whose children may stand beside this one as the other half of a pair (roles × characteristics).
    qualified_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="qualifies")
    maps_to = models.JSONField(default=list)  # in another codebook: [{"codebook": …, "path": …}]
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["codebook", "path"], name="code_path_once")]

    def __str__(self) -> str:
        return self.path
