"""Who is asked which instrument when, and what they answered.

Filled, Answer, ScaleScore and Standing rows are derived from submissions: never write to them outside `derivation`.
Invitations and decisions are people's own rows and survive a rebuild.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mlezi.instruments.models import Submission
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class Filled(models.Model):
    """One instrument as one participant filled it in. Derived.

    `participant` is the person's uid in hexadecimal; where the instrument is self-coded, what the self-made code
    became; where it is anonymous, an id of this record alone. The last two have no person.
    """

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id",
            "programme",
            "submission",
            "instrument",
            "wave",
            "occasion",
            "participant",
            "person",
            "place",
            "cadre",
            "answered_on",
            "received_at",
        }

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    instrument = models.CharField(max_length=120)  # the form's id
    wave = models.CharField(max_length=60, blank=True)  # empty: nobody scheduled it
    occasion = models.CharField(max_length=60, blank=True)  # the course it belongs to, where it may be taken again
    participant = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    cadre = models.CharField(max_length=60, blank=True)
    answered_on = models.DateField()
    received_at = models.DateTimeField(null=True)  # empty where it would tell who sent it

    class Meta:
        indexes = [
            models.Index(
                fields=["programme", "instrument", "wave", "occasion", "participant"], name="filled_by_participant"
            )
        ]


class Answer(models.Model):
    """One answer in a filled instrument; one row a choice where several may be chosen. Derived."""

    class Privacy:
        identifying = {"choice"}  # free text is kept here too
        open = {"id", "submission", "filled_id", "question", "number"}

    id = models.UUIDField(primary_key=True)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    filled_id = models.UUIDField(db_index=True)  # not a foreign key: nothing points at derived rows
    question = models.CharField(max_length=80)
    choice = models.TextField()
    number = models.FloatField(null=True)


class ScaleScore(models.Model):
    """A scale or test of a filled instrument, scored by the instrument's own rules. Derived.

    `score` is empty when too little was answered; `n_answered` says how much.
    """

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "submission", "filled_id", "scale", "score", "n_items", "n_answered", "band"}

    id = models.UUIDField(primary_key=True)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    filled_id = models.UUIDField(db_index=True)
    scale = models.CharField(max_length=60)
    score = models.FloatField(null=True)
    n_items = models.PositiveSmallIntegerField()
    n_answered = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=60, blank=True)


class Standing(models.Model):
    """Which filled instrument stands for a participant in a wave. One a wave; kept in step by the derivation.

    The first that arrived holds until somebody decides otherwise. Others are kept and shown as a conflict.
    """

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "instrument", "wave", "occasion", "participant", "filled_id", "n_filled"}

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    instrument = models.CharField(max_length=120)
    wave = models.CharField(max_length=60, blank=True)
    occasion = models.CharField(max_length=60, blank=True)
    participant = models.CharField(max_length=64)
    filled_id = models.UUIDField(unique=True)
    n_filled = models.PositiveSmallIntegerField(default=1)  # more than 1 is a conflict that somebody should look at

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "instrument", "wave", "occasion", "participant"], name="stands_once_a_wave"
            )
        ]


class StandingDecision(models.Model):
    """Somebody's word on which of several filled instruments holds; the newest counts. Never edited."""

    class Privacy:
        identifying = {"decided_by_name", "note"}
        open = {"id", "standing_id", "filled_id", "decided_at"}

    standing_id = models.UUIDField(db_index=True)  # not a foreign key: it outlives a rebuild
    filled_id = models.UUIDField()
    decided_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)


class Invitation(models.Model):
    """One person is asked to fill in one instrument in one wave. The base of every response rate."""

    class Channel(models.TextChoices):
        NONE = ""
        LINK = "link"
        CODE = "code"
        PHONE = "phone"
        PAPER = "paper"

    class Privacy:
        identifying = {"code_hash"}
        open = {
            "id",
            "programme",
            "schedule",
            "instrument",
            "wave",
            "occasion",
            "person",
            "place",
            "cadre",
            "due_on",
            "closes_on",
            "asked_on",
            "channel",
            "generation",
            "revoked_on",
            "is_used",
            "reminded_on",
            "n_reminders",
            "created_at",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="invitations")
    schedule = models.CharField(max_length=60, blank=True)
    instrument = models.CharField(max_length=120)
    wave = models.CharField(max_length=60)
    occasion = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")  # where they worked when it fell due
    cadre = models.CharField(max_length=60, blank=True)
    due_on = models.DateField()
    closes_on = models.DateField(null=True)  # the last day; empty: it stays open
    asked_on = models.DateField(null=True)  # empty: due, but nobody has asked yet
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    code_hash = models.CharField(max_length=64, null=True, unique=True)  # SHA-256 of the code in the link
    generation = models.PositiveSmallIntegerField(default=0)  # raised by a new link: older ones stop working
    revoked_on = models.DateField(null=True)
    is_used = models.BooleanField(default=False)  # the link was used; of an anonymous instrument all that is known
    reminded_on = models.DateField(null=True)
    n_reminders = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "instrument", "wave", "occasion", "person"], name="asked_once_a_wave"
            ),
            models.CheckConstraint(
                name="closes_after_it_is_due",
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=models.F("due_on")),
            ),
        ]
        indexes = [models.Index(fields=["programme", "due_on"], name="invitation_due")]
