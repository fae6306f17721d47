"""What became of people over time. Typed and imported rows are people's own; those with a submission are derived."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from mlezi.instruments.models import Submission
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class Outcome(models.Model):
    """One thing known of one person on one day: steps walked, a paper, a milestone reached."""

    class Privacy:
        identifying = {"label"}
        open = {"id", "programme", "person", "kind", "on_day", "due_on", "value", "unit", "submission"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outcomes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=60)  # steps, manuscript, milestone …
    on_day = models.DateField(null=True)  # empty: a milestone that is not reached yet
    due_on = models.DateField(null=True)  # a milestone's promised day
    value = models.FloatField(null=True)  # empty where it happened rather than counted
    unit = models.CharField(max_length=30, blank=True)
    label = models.CharField(max_length=250, blank=True)  # a title or a DOI; the name of a milestone
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, related_name="+")  # empty: typed or imported

    class Meta:
        indexes = [models.Index(fields=["programme", "kind", "on_day"], name="outcome_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "kind", "on_day", "label"],
                condition=Q(submission__isnull=True, on_day__isnull=False),
                name="outcome_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "person", "kind", "label"],
                condition=Q(submission__isnull=True, on_day__isnull=True),
                name="outcome_awaited_once",
            ),
        ]


class Spell(models.Model):
    """A time in employment as a form told it: from when to when, and why it ended. Derived; it holds before posts."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "person", "place", "cadre", "from_on", "to_on", "reason", "submission"}

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    cadre = models.CharField(max_length=60, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # the last day; empty: still employed when it was told
    reason = models.CharField(max_length=40, blank=True)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="spell_ends_after_it_starts", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
            )
        ]
