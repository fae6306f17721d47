"""One encounter is one meeting. Many submissions may feed it; it can be rebuilt from them at any time.

Plans and decisions are people's own rows and survive a rebuild. Encounter, Attendance, Topic, Note and
Claim rows are derived: never write to them outside `derivation`.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mlezi.instruments.models import Submission
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class EncounterType(models.Model):
    """A kind of meeting a blueprint declares on one of the modes."""

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id",
            "programme",
            "code",
            "mode",
            "title",
            "forms",
            "led_by",
            "every_days",
            "planned_minutes",
            "retired",
        }

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="encounter_types")
    code = models.SlugField(max_length=60)
    mode = models.CharField(max_length=20)  # a code of `encounters.modes`
    title = models.JSONField(default=dict)
    forms = models.JSONField(default=list)  # form ids that feed it, first is the main one
    led_by = models.JSONField(default=list)  # roles that may lead
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)  # how often a site should have one
    planned_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="encounter_type_once")]


class PlannedEncounter(models.Model):
    """A meeting somebody means to hold. Its `uid` travels in the forms filled in about it."""

    class Privacy:
        identifying = {"note"}
        open = {
            "uid",
            "programme",
            "type",
            "place",
            "lead",
            "planned_on",
            "planned_minutes",
            "created_at",
            "cancelled_on",
            "cancelled_because",
            "cost",
            "currency",
            "reasons",
            "was_held",
            "held_minutes",
        }

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="planned_encounters")
    type = models.ForeignKey(EncounterType, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="planned_encounters", db_index=False)
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="planned_encounters")
    planned_on = models.DateField()
    planned_minutes = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()
    cancelled_on = models.DateField(null=True)
    cancelled_because = models.CharField(max_length=40, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # as planned
    currency = models.CharField(max_length=3, blank=True)
    reasons = models.JSONField(default=list)  # why this place now, as the planning said
    note = models.TextField(blank=True)
    was_held = models.BooleanField(default=False)  # whether its encounter was, and how long: see `keeping`
    held_minutes = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "planned_on"], name="planned_by_day"),
            # All that is asked about money and about what was kept: no row is looked up.
            models.Index(
                fields=["place", "programme", "planned_on", "cancelled_on", "was_held", "type", "currency", "cost"],
                name="planned_at_place",
            ),
        ]


class Encounter(models.Model):
    """A meeting that was held. Derived."""

    class Privacy:
        identifying: set[str] = set()
        open = {
            "uid",
            "programme",
            "type",
            "mode",
            "place",
            "lead",
            "held_on",
            "started_at",
            "ended_at",
            "minutes",
            "minutes_from",
            "planned_uid",
            "planned_minutes",
            "n_participants",
            "next_on",
            "latitude",
            "longitude",
            "first_received_at",
            "days_to_receipt",
            "is_backfilled",
            "has_conflict",
            "flags",
            "cancelled_because",
            "n_sources",
        }

    uid = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="encounters")
    type = models.ForeignKey(EncounterType, models.PROTECT, related_name="encounters")
    mode = models.CharField(max_length=20)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="encounters")
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="encounters_led")
    held_on = models.DateField(null=True)  # local day where it was held; empty: every source's date broke a rule
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(null=True)  # actual; empty is unknown, never zero
    minutes_from = models.CharField(max_length=20, blank=True)  # "stated", "clock" …
    planned_uid = models.UUIDField(null=True)
    planned_minutes = models.PositiveIntegerField(null=True)
    n_participants = models.PositiveIntegerField(default=0)
    next_on = models.DateField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    first_received_at = models.DateTimeField()
    days_to_receipt = models.IntegerField(null=True)
    is_backfilled = models.BooleanField(default=False)  # typed in from paper
    has_conflict = models.BooleanField(default=False)
    flags = models.JSONField(default=list)
    cancelled_because = models.CharField(max_length=40, blank=True)  # a form may say it did not take place
    n_sources = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [
            # All that is asked about when a place was visited and heard of: no row is looked up.
            models.Index(
                fields=["place", "held_on", "programme", "type", "mode", "cancelled_because", "first_received_at"],
                name="encounter_at_place",
            ),
            models.Index(fields=["programme", "held_on", "uid"], name="encounter_programme_day"),
            models.Index(fields=["lead", "held_on"], name="encounter_lead_day"),
        ]


class Attendance(models.Model):
    """One person at one encounter. Derived. `person` is after merges; `named_uid` is what was sent."""

    class Part(models.TextChoices):
        LEAD = "lead"
        MENTEE = "mentee"
        OTHER = "other"

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "encounter", "person", "named_uid", "part", "cadre", "minutes", "is_present"}

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    named_uid = models.UUIDField()
    part = models.CharField(max_length=10, choices=Part.choices)
    cadre = models.CharField(max_length=60, blank=True)  # on that day
    minutes = models.PositiveIntegerField(null=True)
    is_present = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["encounter", "person"], name="attends_once")]


class CoveredTopic(models.Model):
    """A topic that an encounter touched. Derived."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "encounter", "topic"}

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["encounter", "topic"], name="topic_once")]


class Note(models.Model):
    """Words about an encounter. Derived; `about` empty is the encounter as a whole. Coaching content."""

    OWN = "own"  # the kind of what mentees write for themselves

    class Privacy:
        identifying = {"text"}
        open = {"id", "encounter", "author", "about", "kind", "submission"}

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="notes")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30)  # coaching, summary, own (a mentee's own) …
    text = models.TextField()


class Claim(models.Model):
    """What one source says about one field of an encounter, and whether it holds. Derived; kept where they differ."""

    class Privacy:
        identifying = {"value"}
        open = {"id", "encounter", "submission", "field", "precedence", "holds"}

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="claims")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    field = models.CharField(max_length=40)
    value = models.TextField()
    precedence = models.PositiveSmallIntegerField()  # smaller is stronger
    holds = models.BooleanField()


class EncounterDecision(models.Model):
    """What a person decided about one field of an encounter, or that it never took place. The newest holds."""

    class Privacy:
        identifying = {"decided_by_name", "note", "value"}
        open = {"id", "encounter_uid", "field", "decided_at"}

    encounter_uid = models.UUIDField(db_index=True)  # not a foreign key: it outlives a rebuild
    field = models.CharField(max_length=40)  # a field's name, or "void"
    value = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)


class SampleCheck(models.Model):
    """One encounter drawn at random to be confirmed with the facility in charge."""

    class Answer(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        DENIED = "denied"
        UNREACHABLE = "unreachable"

    class Privacy:
        identifying = {"answered_by_name", "note"}
        open = {
            "id",
            "programme",
            "place",
            "period",
            "encounter_uid",
            "drawn_at",
            "seed",
            "probability",
            "answer",
            "answered_at",
        }

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sample_checks")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    period = models.CharField(max_length=20)  # "2026-03"
    encounter_uid = models.UUIDField()
    drawn_at = models.DateTimeField()
    seed = models.BigIntegerField()
    probability = models.FloatField()
    answer = models.CharField(max_length=12, choices=Answer.choices, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "period", "encounter_uid"], name="sampled_once"),
            models.CheckConstraint(name="sample_probability", condition=Q(probability__gt=0, probability__lte=1)),
        ]
