"""Competencies a blueprint names, and ratings derived from submissions. The latest rating is a query."""

from __future__ import annotations

from django.db import models

from mlezi.instruments.models import Submission
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class Domain(models.Model):
    """A topic of the framework, as in neonatal resuscitation."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "code", "title", "order", "retired"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="domains")
    code = models.SlugField(max_length=60)
    title = models.JSONField(default=dict)
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="domain_once")]


class Competency(models.Model):
    """One thing a person learns to do, rated on the programme's levels."""

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id",
            "domain",
            "code",
            "title",
            "levels",
            "pass_level",
            "must_pass",
            "recheck_days",
            "order",
            "retired",
        }

    domain = models.ForeignKey(Domain, models.CASCADE, related_name="competencies")
    code = models.SlugField(max_length=60)
    title = models.JSONField(default=dict)
    levels = models.JSONField(default=list)  # titles from level 1 up
    pass_level = models.PositiveSmallIntegerField()
    must_pass = models.BooleanField(default=False)
    recheck_days = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["domain", "code"], name="competency_once")]


class Rating(models.Model):
    """One person's level in one competency, as somebody saw it on a day. Derived."""

    class Basis(models.TextChoices):
        PATIENT = "patient"
        SIMULATION = "simulation"
        RECORD = "record"
        REPORT = "report"

    class Because(models.TextChoices):
        SKILL = "skill"
        EQUIPMENT = "equipment"
        STAFF = "staff"
        POLICY = "policy"

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id",
            "programme",
            "submission",
            "encounter_uid",
            "person",
            "named_uid",
            "rater",
            "competency",
            "level",
            "basis",
            "because",
            "rated_on",
            "place",
            "is_own",
        }

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="ratings")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    encounter_uid = models.UUIDField(null=True, db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="ratings", db_index=False)
    named_uid = models.UUIDField()
    rater = models.ForeignKey(Person, models.PROTECT, null=True, related_name="ratings_given")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="ratings")
    level = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=12, choices=Basis.choices, blank=True)
    because = models.CharField(max_length=12, choices=Because.choices, blank=True)  # why it was not reached
    rated_on = models.DateField()
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_index=False)
    is_own = models.BooleanField(default=False)  # the person rated themselves

    class Meta:
        indexes = [
            # All that figures ask of a person's history: no row is looked up. What must be equal stands before the day,
            # else PostgreSQL expects to look for it on each day.
            models.Index(
                fields=["person", "competency", "is_own", "programme", "rated_on", "level", "id"], name="rating_history"
            ),
            models.Index(fields=["place", "rated_on"], name="rating_place_day"),
        ]


class ItemResult(models.Model):
    """Whether one item of a checklist was met, as somebody saw it on a day. Derived.

    `is_met` is empty for "not applicable" and for what is met in part; `value` holds a number that was given: the
    share of an item's points, or a count.
    """

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id",
            "programme",
            "submission",
            "encounter_uid",
            "place",
            "person",
            "item",
            "is_met",
            "value",
            "basis",
            "because",
            "seen_on",
        }

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="item_results")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    encounter_uid = models.UUIDField(null=True, db_index=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="item_results")  # empty: about the site
    item = models.CharField(max_length=60)
    is_met = models.BooleanField(null=True)
    value = models.FloatField(null=True)
    basis = models.CharField(max_length=12, choices=Rating.Basis.choices, blank=True)
    because = models.CharField(max_length=12, choices=Rating.Because.choices, blank=True)
    seen_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["place", "item", "seen_on"], name="item_result_place")]


class Score(models.Model):
    """A score that a form calculated for a person or a site. Derived."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "submission", "encounter_uid", "place", "person", "name", "value", "scored_on"}

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="scores")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    encounter_uid = models.UUIDField(null=True, db_index=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="scores")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="scores")
    name = models.CharField(max_length=60)
    value = models.FloatField()
    scored_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["place", "name", "scored_on"], name="score_place_day")]
