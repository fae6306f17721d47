"""What a programme does with identity, signed; and answers, sealed and apart from everybody's name."""

from __future__ import annotations

from django.db import models

from mlezi.people.models import Person
from mlezi.programmes.models import Programme


class IdentityPolicy(models.Model):
    """A policy as somebody signed it. Append-only: the latest one holds."""

    class Use(models.TextChoices):
        NOT_COLLECTED = "not-collected"
        AUDIT_ONLY = "audit-only"
        WHERE_ASKED = "where-asked"

    class Privacy:
        identifying = {"signed_by", "reason"}
        open = {"id", "programme", "use", "question", "wording", "signed_at"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="identity_policies")
    use = models.CharField(max_length=20, choices=Use.choices)
    question = models.JSONField(default=dict)  # {"title": …, "answers": [words offered]}; people may write their own
    wording = models.TextField(blank=True)  # of the consent
    reason = models.TextField(blank=True)
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "id"]


class IdentityAnswer(models.Model):
    """What somebody said of themselves. Neither whose it is nor what it says can be read from the row.

    `whose` is a keyed digest of the person and programme; `sealed` is encrypted with the installation's key.
    """

    class Privacy:
        identifying = {"whose", "sealed"}
        open = {"id", "programme", "policy"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    policy = models.ForeignKey(IdentityPolicy, models.PROTECT, related_name="+")  # whose wording was agreed to
    whose = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
