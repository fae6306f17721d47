"""A dated relationship between two people. Rounds of matching hand their pairs to this room."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from mlezi.people.models import Person
from mlezi.programmes.models import Programme


class Pairing(models.Model):
    """`guide` supports `learner`: a mentor, coach, sponsor, peer or preceptor."""

    class Kind(models.TextChoices):
        MENTOR = "mentor"
        COACH = "coach"
        SPONSOR = "sponsor"
        PEER = "peer"
        PRECEPTOR = "preceptor"

    class Privacy:
        identifying = {"note"}
        open = {"id", "uid", "programme", "guide", "learner", "kind", "from_on", "to_on", "reason"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="pairings")
    guide = models.ForeignKey(Person, models.PROTECT, related_name="guides")
    learner = models.ForeignKey(Person, models.PROTECT, related_name="guided_by")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MENTOR)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True)  # why it ended; ending needs no fault
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_guides_themselves", condition=~Q(guide=F("learner"))),
            models.CheckConstraint(
                name="pairing_ends_after_it_starts",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["programme", "guide", "learner", "kind"],
                condition=Q(to_on__isnull=True),
                name="paired_once_at_a_time",
            ),
        ]


class Phase(models.Model):
    """Where a relationship stands, as one of the two said on a day. Append-only: the latest one holds."""

    class Step(models.TextChoices):
        PREPARE = "prepare"
        NEGOTIATE = "negotiate"
        ENABLE = "enable"
        CLOSE = "close"

    class Privacy:
        identifying = {"by_name"}
        open = {"id", "pairing", "step", "on", "said_at"}

    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="phases")
    step = models.CharField(max_length=10, choices=Step.choices)
    on = models.DateField()
    said_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["said_at", "id"]


class Handover(models.Model):
    """What the two leave for whoever supports the learner next: goals, what helped. Stays with pairs of the learner."""

    class Privacy:
        identifying = {"text", "written_by"}
        open = {"id", "pairing", "written_at"}

    pairing = models.OneToOneField(Pairing, models.CASCADE, related_name="handover")
    text = models.TextField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()


class Act(models.Model):
    """What a sponsor did for somebody, and what came of it."""

    class What(models.TextChoices):
        NOMINATED = "nominated"
        INTRODUCED = "introduced"
        INVITED = "invited"
        FUNDED = "funded"

    class Privacy:
        identifying = {"text", "outcome"}
        open = {"id", "uid", "pairing", "what", "on", "outcome_on"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=12, choices=What.choices)
    text = models.CharField(max_length=300)
    on = models.DateField()
    outcome = models.CharField(max_length=300, blank=True)  # empty: not known yet
    outcome_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
