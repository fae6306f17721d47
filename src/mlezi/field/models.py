"""Guidance: something to read, look at or listen to, that phones keep for where there is no signal."""

from __future__ import annotations

from django.db import models

from mlezi.programmes.models import Programme


class Material(models.Model):
    """A file of the blueprint's `materials`, as it was when the blueprint was applied."""

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id", "programme", "name", "title", "domain", "licence", "source", "kind", "content", "sha256", "order",
        }  # fmt: skip

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="materials")
    name = models.CharField(max_length=200)  # the file's name in the blueprint's folder
    title = models.JSONField(default=dict)  # language → title
    domain = models.CharField(max_length=60, blank=True)  # the topic it belongs to, by code
    licence = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=100)  # its media type
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="material_name_once")]

    def __str__(self) -> str:
        return self.name
