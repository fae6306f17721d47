"""Reports as they were given to somebody on a day. A locked report is never changed; later data stand beside it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class LockedReport(models.Model):
    """What was reported for a period and a part of the tree, on the day it was locked.

    `content` holds the figures with their n, N and interval, as `reports.quarter` made them; `sha256` is of
    its canonical JSON. Locking again adds a row: the newest is *as reported*, the older ones stay.
    """

    class Privacy:
        identifying = {"locked_by_name", "note"}
        open = {
            "id",
            "uid",
            "programme",
            "place",
            "period",
            "start",
            "end",
            "locked_at",
            "data_version",
            "content",
            "sha256",
        }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="locked_reports")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    period = models.CharField(max_length=20)  # "2026-Q3"
    start = models.DateField()
    end = models.DateField()  # the day after the last
    locked_at = models.DateTimeField()
    locked_by_name = models.CharField(max_length=200)
    data_version = models.BigIntegerField(default=0)  # of the derivation, when it was locked
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-locked_at", "-id"]
        constraints = [
            models.CheckConstraint(name="report_ends_after_it_starts", condition=Q(end__gt=F("start"))),
            models.UniqueConstraint(
                fields=["programme", "place", "period", "sha256"], name="the_same_report_is_locked_once"
            ),
        ]
