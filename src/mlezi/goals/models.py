"""An agreed action is something a mentor and a mentee said would be done by a day.

`AgreedAction` rows are derived from submissions and can be rebuilt; what people later decide about
them is in `ActionDecision`, which a rebuild never touches. What holds of it is kept with each action (`holding`).
"""

from __future__ import annotations

import uuid

from django.db import models

from mlezi.instruments.models import Submission
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class AgreedAction(models.Model):
    class Privacy:
        identifying = {"text", "owner_text"}
        open = {
            "id",
            "programme",
            "submission",
            "encounter_uid",
            "place",
            "owner",
            "topic",
            "agreed_on",
            "due_on",
            "outcome",
            "decided_on",
        }

    id = models.UUIDField(primary_key=True)  # UUIDv5 of submission root, question path, repeat key
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="agreed_actions")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    encounter_uid = models.UUIDField(null=True, db_index=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="agreed_actions", db_index=False)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="actions_owned")
    owner_text = models.CharField(max_length=200, blank=True)  # when the owner is nobody we know
    topic = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    agreed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)  # empty: nobody named a day
    # Of the newest decision; empty: none. See `holding`.
    outcome = models.CharField(max_length=10, blank=True, default="", db_default="")
    decided_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "due_on", "id"], name="action_due"),
            # All that figures of a place ask of its actions: no row is looked up.
            models.Index(
                fields=["place", "programme", "agreed_on", "due_on", "outcome", "decided_on", "id", "topic"],
                name="action_at_place",
            ),
        ]


class ActionDecision(models.Model):
    """One thing somebody decided about an action; the newest holds. Never edited, never deleted.

    Rows with a `submission` are what a form reported done: derived, and rebuilt with it.
    """

    class Outcome(models.TextChoices):
        DONE = "done"
        DROPPED = "dropped"
        REOPENED = "reopened"

    class Privacy:
        identifying = {"decided_by_name", "note"}
        open = {"id", "action_id", "outcome", "decided_at", "decided_on", "decided_by", "submission"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    action_id = models.UUIDField()  # not a foreign key: it outlives a rebuild
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    decided_at = models.DateTimeField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    submission = models.UUIDField(null=True, db_index=True)  # when a form said so

    class Meta:
        indexes = [
            models.Index(
                fields=["action_id", "decided_at", "id", "outcome", "decided_on"], name="action_decision_latest"
            )
        ]
