"""Needs found at sites, practice logged by people, and what visits cost."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mlezi.instruments.models import Submission
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class Need(models.Model):
    """Something a site lacked on a day. Derived. Equipment for learning is kept apart from clinical equipment."""

    class Kind(models.TextChoices):
        CLINICAL = "clinical"
        LEARNING = "learning"
        STAFF = "staff"
        SUPPLIES = "supplies"

    class Privacy:
        identifying = {"detail"}
        open = {
            "id",
            "programme",
            "submission",
            "encounter_uid",
            "place",
            "kind",
            "item",
            "found_on",
            "seen_met_on",
            "outcome",
            "decided_on",
        }

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="needs")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    encounter_uid = models.UUIDField(null=True, db_index=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="needs", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    item = models.CharField(max_length=60)
    detail = models.TextField(blank=True)
    found_on = models.DateField()
    seen_met_on = models.DateField(null=True)  # a later form found the item there
    outcome = models.CharField(max_length=10, blank=True, default="")  # of the newest decision; empty: none
    decided_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["place", "item", "found_on"], name="need_history"),
            models.Index(fields=["programme", "found_on", "id", "seen_met_on", "outcome"], name="need_by_day"),
            # All that figures of a place ask of its needs: no row is looked up.
            models.Index(
                fields=["place", "programme", "found_on", "seen_met_on", "outcome", "decided_on", "id", "kind", "item"],
                name="need_at_place",
            ),
        ]


class ItemSeen(models.Model):
    """A form says that a site has an item, or lacks it, on a day. Derived; a run of lacking is one need."""

    class Privacy:
        identifying = {"detail"}
        open = {
            "id",
            "programme",
            "submission",
            "encounter_uid",
            "place",
            "kind",
            "item",
            "seen_on",
            "is_there",
        }

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    encounter_uid = models.UUIDField(null=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Need.Kind.choices)
    item = models.CharField(max_length=60)
    detail = models.TextField(blank=True)
    seen_on = models.DateField()
    is_there = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["place", "item", "seen_on"], name="item_seen_history")]


class NeedDecision(models.Model):
    """Somebody decided that a need is met or was wrong; the newest holds."""

    class Outcome(models.TextChoices):
        MET = "met"
        WRONG = "wrong"
        REOPENED = "reopened"

    class Privacy:
        identifying = {"decided_by_name", "note"}
        open = {"id", "need_id", "outcome", "decided_at", "decided_on"}

    need_id = models.UUIDField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    decided_at = models.DateTimeField()
    decided_on = models.DateField()
    decided_by_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["need_id", "decided_at", "id", "outcome", "decided_on"], name="need_decision_latest")
        ]


class Practice(models.Model):
    """Practice alone or with peers, with practice equipment. Derived from a practice log."""

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id",
            "programme",
            "submission",
            "person",
            "place",
            "topic",
            "equipment",
            "practised_on",
            "minutes",
            "times",
        }

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="practices")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="practices")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=60, blank=True)
    equipment = models.CharField(max_length=60, blank=True)
    practised_on = models.DateField()
    minutes = models.PositiveIntegerField(null=True)
    times = models.PositiveIntegerField(null=True)


class Rate(models.Model):
    """What something costs, from a day on: an allowance a day, a kilometre, a ferry."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "code", "title", "unit", "amount", "currency", "place", "from_on", "to_on"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rates")
    code = models.SlugField(max_length=60)  # allowance_day, night, fuel_km, ferry …
    title = models.JSONField(default=dict)
    unit = models.CharField(max_length=20)  # day, night, km, trip, visit
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="TZS")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")  # only there
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rate_ends_after_it_starts", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
            )
        ]


class Spending(models.Model):
    """What was really spent, on a day, for a visit or a place."""

    class Privacy:
        identifying = {"note", "recorded_by_name"}
        open = {
            "id",
            "programme",
            "place",
            "encounter_uid",
            "rate_code",
            "spent_on",
            "amount",
            "currency",
            "recorded_at",
        }

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="spendings")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    encounter_uid = models.UUIDField(null=True, blank=True)
    rate_code = models.SlugField(max_length=60, blank=True)
    spent_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
