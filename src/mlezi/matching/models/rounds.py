"""A round of matching: its members, the scenarios that were tried, and what each of them proposes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from mlezi.matching.models.identity import IdentityPolicy
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


class Round(models.Model):
    """People to be matched, from when on. It is open until one of its scenarios is published."""

    class Privacy:
        identifying = {"title"}
        open = {
            "id",
            "uid",
            "programme",
            "kind",
            "from_on",
            "answer_days",
            "replaces",
            "settings",
            "created_at",
            "published",
            "published_at",
        }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rounds")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Pairing.Kind.choices, default=Pairing.Kind.MENTOR)
    from_on = models.DateField()  # when its pairs begin
    answer_days = models.PositiveSmallIntegerField(default=14)
    replaces = models.BooleanField(default=False)  # members who have a mentor are matched anew, and may stay
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    published = models.ForeignKey("Scenario", models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)


class Member(models.Model):
    """Somebody in a round, on one side."""

    class Side(models.TextChoices):
        MENTEE = "mentee"
        MENTOR = "mentor"

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "round", "person", "side", "waited_since"}

    round = models.ForeignKey(Round, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    waited_since = models.DateField(null=True, blank=True)  # of a mentee, when the round was made

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person", "side"], name="member_once")]


class Scenario(models.Model):
    """One way to run a round: settings in, pairs with a certificate out. The same settings give the same bytes."""

    class Privacy:
        identifying = {"title", "failure", "result"}
        open = {
            "id",
            "uid",
            "round",
            "number",
            "parent",
            "settings",
            "seed",
            "policy",
            "asked_at",
            "started_at",
            "finished_at",
            "stop_asked",
            "progress",
            "summary",
            "digest",
        }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="scenarios")
    number = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    title = models.CharField(max_length=120)
    settings = models.JSONField()
    seed = models.PositiveIntegerField(default=0)
    policy = models.ForeignKey(IdentityPolicy, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)  # the best answer so far will do
    progress = models.JSONField(default=dict)  # round, gap
    failure = models.TextField(blank=True)
    summary = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the problem
    result = models.BinaryField(null=True)  # canonical bytes with the certificate

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="scenario_number_once")]

    @property
    def is_done(self) -> bool:
        return self.finished_at is not None and not self.failure

    @property
    def is_running(self) -> bool:
        return self.finished_at is None


class Choice(models.Model):
    """What somebody decided by hand about one pair of a scenario: keep them together, or apart."""

    class Verb(models.TextChoices):
        TOGETHER = "together"
        APART = "apart"

    class Privacy:
        identifying = {"by_name", "note"}
        open = {"id", "scenario", "mentee", "mentor", "verb", "served_cost", "quality_cost", "breaks"}

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="choices")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    by_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    breaks = models.JSONField(default=list)  # codes of the rules that it sets aside
    served_cost = models.IntegerField(null=True)  # mentees no longer served; empty until it was worked out
    quality_cost = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scenario", "mentee", "mentor"], name="choice_once")]


class Proposal(models.Model):
    """A pair that a scenario proposes, with what was shown about it. `score` leaves out what was said in confidence."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "scenario", "mentee", "mentor", "score", "reasons", "minutes", "is_chosen", "is_kept"}

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    minutes = models.FloatField(null=True)  # of travel, one way; empty: unknown
    is_chosen = models.BooleanField(default=False)  # by hand
    is_kept = models.BooleanField(default=False)  # they are a pair already

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scenario", "mentee", "mentor"], name="proposed_once")]


class LeftOver(models.Model):
    """A mentee for whom a scenario found nobody, and why."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "scenario", "mentee", "reasons"}

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="left_over")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scenario", "mentee"], name="left_over_once")]


class Load(models.Model):
    """How many places a mentor has in a scenario, how many it fills, and what one more would add."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "scenario", "mentor", "places", "filled", "held", "more_served", "more_quality"}

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="loads")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField()
    filled = models.PositiveSmallIntegerField()
    held = models.PositiveSmallIntegerField(default=0)  # people they support anyway, in all programmes and outside
    more_served = models.PositiveSmallIntegerField(null=True)  # empty: not known, the answer was not optimal
    more_quality = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scenario", "mentor"], name="load_once"),
            models.CheckConstraint(name="load_within_places", condition=Q(filled__gte=0)),
        ]
