"""A programme, who takes part in it, at which sites, and with which role."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mlezi.people.models import Person
from mlezi.places.models import Place


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")))


class Programme(models.Model):
    """One running programme, made from a blueprint."""

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id",
            "uid",
            "code",
            "title",
            "place",
            "time_zone",
            "starts_on",
            "ends_on",
            "blueprint",
            "blueprint_hash",
            "applied_at",
            "is_made_up",
        }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    title = models.JSONField(default=dict)  # language → title
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")  # its part of the tree
    time_zone = models.CharField(max_length=60, default="Africa/Dar_es_Salaam")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    blueprint = models.JSONField(default=dict)  # as applied; rooms read their part through queries
    blueprint_hash = models.CharField(max_length=64, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    is_made_up = models.BooleanField(default=False)  # a demo says so on every page

    def __str__(self) -> str:
        return self.code


class Cohort(models.Model):
    """A group of people who start together."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "code", "title", "starts_on"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cohorts")
    code = models.SlugField(max_length=60)
    title = models.JSONField(default=dict)
    starts_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="cohort_code_once")]


class Site(models.Model):
    """A place that takes part in a programme, from when to when."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "place", "from_on", "to_on", "volume"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sites")
    place = models.ForeignKey(Place, models.PROTECT, related_name="sites")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    volume = models.PositiveIntegerField(null=True, blank=True)  # clients a month, where known; empty is not zero

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "place", "from_on"], name="site_once"),
            _ends_after_start("site_ends_after_it_starts"),
        ]


class Enrolment(models.Model):
    """A person takes part as a mentee or a mentor, or is on the register; leaving keeps its date and reason."""

    class Part(models.TextChoices):
        MENTEE = "mentee", _("Mentee")
        MENTOR = "mentor", _("Mentor")
        REGISTERED = "registered", _("Registered")  # on the register: asked and compared, not mentored

    class Privacy:
        identifying = {"note"}
        open = {
            "id",
            "programme",
            "person",
            "part",
            "cohort",
            "from_on",
            "to_on",
            "reason",
            "created_by_submission",
        }

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments", db_index=False)
    part = models.CharField(max_length=10, choices=Part.choices)
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, blank=True, related_name="enrolments")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    created_by_submission = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "part"],
                condition=Q(to_on__isnull=True),
                name="enrolled_once_at_a_time",
            ),
            _ends_after_start("enrolment_ends_after_it_starts"),
        ]
        indexes = [  # all that figures ask of a person's enrolments
            models.Index(fields=["person", "programme", "part", "from_on", "to_on"], name="enrolment_of_person")
        ]


class RoleAssignment(models.Model):
    """Who is what, in which programme, over which part of the tree, from when to when."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "person", "programme", "role", "place", "from_on", "to_on"}

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="roles")
    role = models.CharField(max_length=30)  # a code of `permissions.ROLES`
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="roles")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme", "role", "place"],
                condition=Q(to_on__isnull=True),
                name="role_once_at_a_time",
            ),
            _ends_after_start("role_ends_after_it_starts"),
        ]


class Share(models.Model):
    """Somebody lets another person see their own ratings or coaching, until they take it back."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "person", "shared_with", "permission", "given_at", "withdrawn_at"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.PROTECT, related_name="shares")
    shared_with = models.ForeignKey(Person, models.PROTECT, related_name="shares_received")
    permission = models.CharField(max_length=80)  # one of `permissions.SHAREABLE`
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "shared_with", "permission"],
                condition=Q(withdrawn_at__isnull=True),
                name="shared_once_at_a_time",
            ),
            models.CheckConstraint(name="shared_with_somebody_else", condition=~Q(person=F("shared_with"))),
        ]


class Target(models.Model):
    """What a programme means to reach in a period, for one indicator and one place."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "indicator", "place", "from_on", "to_on", "value"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="targets")
    indicator = models.CharField(max_length=60)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()  # the last day
    value = models.FloatField()
