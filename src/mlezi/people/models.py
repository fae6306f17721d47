"""People: one row a human being, many roles over time. An account is optional; a mentee needs none."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mlezi.places.models import Place


class Person(models.Model):
    """A human being the programme knows. The name is not the identity."""

    class Privacy:
        identifying = {"name", "phone", "email", "note"}
        open = {
            "id",
            "uid",
            "code",
            "cadre",
            "languages",
            "created_at",
            "created_by_submission",
            "merged_into",
        }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # made by us, a device or a file
    code = models.CharField(max_length=60, null=True, blank=True, unique=True)  # staff number, where there is one
    name = models.CharField(max_length=200)
    cadre = models.CharField(max_length=60, blank=True)  # a code of the blueprint's cadres
    languages = models.JSONField(default=list)  # codes, first preferred
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by_submission = models.UUIDField(null=True, blank=True)  # when a phone created this person on a visit
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name"], name="person_name")]
        constraints = [
            models.CheckConstraint(
                name="person_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """Where a person works, from when to when. *Still in post* is derived from these rows."""

    class Privacy:
        identifying = {"note"}
        open = {"id", "person", "place", "cadre", "from_on", "to_on", "reason"}

    class Reason(models.TextChoices):
        TRANSFER = "transfer", _("Transfer")
        RESIGNED = "resigned", _("Resigned")
        RETIRED = "retired", _("Retired")
        STUDIES = "studies", pgettext_lazy("why a post ended", "Studies")
        LEAVE = "leave", _("Leave")
        DIED = "died", _("Died")
        OTHER = "other", _("Other")
        UNKNOWN = "unknown", _("Unknown")

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", db_index=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="posts", db_index=False)
    cadre = models.CharField(max_length=60, blank=True)
    from_on = models.DateField(null=True, blank=True)  # empty: before anybody wrote it down
    to_on = models.DateField(null=True, blank=True)  # the last day; empty: still in post
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)  # why it ended
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["from_on", "id"]
        indexes = [  # all that figures ask of a place's posts, or of a person's
            models.Index(fields=["place", "person", "from_on", "to_on"], name="post_of_place"),
            models.Index(fields=["person", "from_on", "to_on", "place"], name="post_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]


class Account(AbstractUser):
    """What somebody signs in with. Names and contact live on the person."""

    class Privacy:
        identifying = {"username", "email", "first_name", "last_name", "password"}
        open = {
            "id",
            "person",
            "language",
            "last_login",
            "is_superuser",
            "is_staff",
            "is_active",
            "date_joined",
        }

    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="account")
    language = models.CharField(max_length=10, blank=True)


class Device(models.Model):
    """A phone that may send and fetch for one person, by a token that can be revoked."""

    class Privacy:
        identifying = {"name", "device_id", "token_hash"}
        open = {
            "id",
            "person",
            "programme_code",
            "enrolled_at",
            "last_seen_at",
            "clock_skew_seconds",
            "unsent",
            "revoked_at",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="devices")
    programme_code = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    device_id = models.CharField(max_length=200, blank=True)  # what the client calls itself
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256; the token is shown once
    enrolled_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True)
    clock_skew_seconds = models.IntegerField(null=True)  # device minus server, when last measured
    unsent = models.PositiveIntegerField(null=True)  # records the device says it still holds
    revoked_at = models.DateTimeField(null=True)


class Consent(models.Model):
    """What somebody agreed to, in which words, and when they took it back. Append-only."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "person", "purpose", "wording_version", "given_at", "withdrawn_at"}

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60)
    wording_version = models.CharField(max_length=60)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class Merge(models.Model):
    """A coordinator's decision that two rows are one human being. Undone by `undone_at`, never deleted."""

    class Privacy:
        identifying = {"decided_by_name", "note"}
        open = {"id", "kept", "absorbed", "decided_at", "moved", "undone_at"}

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges_kept")
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="merges_absorbed")
    decided_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    moved = models.JSONField(default=list)  # rows re-pointed, so that an undo can point them back
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="person_absorbed_once"
            )
        ]


class NotTheSame(models.Model):
    """A coordinator's decision that two look-alikes are two people; they are not proposed again."""

    class Privacy:
        identifying = {"decided_by_name"}
        open = {"id", "one", "other", "decided_at"}

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    decided_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="not_the_same_once")]
