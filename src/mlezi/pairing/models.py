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
