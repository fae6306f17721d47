"""What follows a published round: a request for each pair, its answer, and what people report in confidence."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mlezi.matching.models.rounds import Round
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


class Request(models.Model):
    """A mentor is asked to support a mentee. Open until answered, withdrawn, or its last day has passed."""

    class Answer(models.TextChoices):
        OPEN = ""
        ACCEPTED = "accepted"
        DECLINED = "declined"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"

    class Privacy:
        identifying = {"note"}
        open = {
            "id",
            "uid",
            "round",
            "mentee",
            "mentor",
            "sent_at",
            "expires_on",
            "answer",
            "answered_at",
            "reason",
            "pairing",
        }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="requests")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="requests")
    sent_at = models.DateTimeField()
    expires_on = models.DateField()  # the last day to answer
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    pairing = models.OneToOneField(Pairing, models.SET_NULL, null=True, blank=True, related_name="request")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "mentee", "mentor"], condition=Q(answer=""), name="asked_once_at_a_time"
            ),
            models.CheckConstraint(
                name="an_answer_has_its_moment",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]


class Concern(models.Model):
    """What somebody reports in confidence about another. The other never learns that there is such a row."""

    class Kind(models.TextChoices):
        SILENT = "silent"
        HARM = "harm"
        OTHER = "other"

    class Privacy:
        identifying = {"text", "by", "about", "outcome"}
        open = {"id", "uid", "programme", "kind", "said_at", "closed_at"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    said_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
