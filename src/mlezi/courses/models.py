"""Courses as they are held: runs, rosters, certificates. What a course is stands in the blueprint."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class Run(models.Model):
    """One time a course is held, from its first day to its last. Meetings of its types then are its sessions."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "course", "code", "from_on", "to_on", "place", "created_at"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="course_runs")
    course = models.CharField(max_length=60)  # a code of the blueprint's courses
    code = models.SlugField(max_length=60)
    from_on = models.DateField()
    to_on = models.DateField()
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+"
    )  # sessions are at or below
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-from_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="course_run_once"),
            models.CheckConstraint(name="course_run_ends_after_it_starts", condition=Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self) -> str:
        return self.code


class OnRoster(models.Model):
    """Somebody is expected at a run. Taken off, the row stays with its day."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "run", "person", "added_at", "removed_at"}

    run = models.ForeignKey(Run, models.CASCADE, related_name="roster")
    person = models.ForeignKey(Person, models.PROTECT, related_name="courses")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="on_a_roster_once")]


class Certificate(models.Model):
    """What was certified, on which grounds, and when it was taken back. Never edited, never deleted."""

    class Privacy:
        identifying = {"name", "badge", "code", "issued_by_name", "revoked_because"}
        open = {"id", "run", "person", "issued_on", "valid_until", "grounds", "revoked_on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    run = models.ForeignKey(Run, models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    name = models.CharField(max_length=200)  # as printed
    code = models.CharField(max_length=20, unique=True)  # printed; checks it on a public page
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    issued_by_name = models.CharField(max_length=200)
    grounds = models.JSONField(default=dict)  # sessions attended, score, as they were that day
    badge = models.JSONField(default=dict)  # Open Badges 3.0, signed
    revoked_on = models.DateField(null=True)
    revoked_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person"], condition=Q(revoked_on__isnull=True), name="certified_once_a_run"
            )
        ]
