"""Facility figures that come from elsewhere, rollups that the derivation keeps, and reports as locked.

Rollups (`FacilityMonth` …) are datasets in a table: derived, rebuildable, read by country pages.
"""

from __future__ import annotations

from django.db import models

from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class SiteFigure(models.Model):
    """A facility's own figure for a month (clients, deliveries, outcomes). Beside mentoring, not mixed in."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "place", "month", "measure", "value", "batch_id"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="site_figures")
    place = models.ForeignKey(Place, models.PROTECT, related_name="site_figures")
    month = models.DateField()  # its first day
    measure = models.CharField(max_length=60)
    value = models.FloatField()
    batch_id = models.UUIDField(null=True)  # the import that brought it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "place", "month", "measure"], name="site_figure_once")
        ]


class DataVersion(models.Model):
    """A counter a programme's derivation raises; cached answers carry it."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "number"}

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="data_version")
    number = models.BigIntegerField(default=0)
