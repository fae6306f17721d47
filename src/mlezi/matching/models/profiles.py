"""What somebody brings to matching: a profile, terms in each programme, wishes, and a track record."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mlezi.people.models import Person
from mlezi.programmes.models import Programme


class Profile(models.Model):
    """What holds for somebody in every programme: how many at most, when they are free, what they care about."""

    class Privacy:
        identifying = {"about", "interests"}
        open = {
            "id",
            "person",
            "total_places",
            "elsewhere",
            "is_open",
            "away_until",
            "slots",
            "level",
            "oriented_on",
            "line_manager",
            "changed_at",
        }

    person = models.OneToOneField(Person, models.PROTECT, related_name="matching_profile")
    total_places = models.PositiveSmallIntegerField(null=True, blank=True)  # in all programmes; empty: nobody said
    elsewhere = models.PositiveSmallIntegerField(default=0)  # people supported outside Mlezi
    is_open = models.BooleanField(default=True)
    away_until = models.DateField(null=True, blank=True)  # the last day away
    slots = models.JSONField(default=list)  # free in the week, as "mon-am"; empty: nobody said
    interests = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField(null=True, blank=True)  # career level, 0 a student
    oriented_on = models.DateField(null=True, blank=True)
    line_manager = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.TextField(blank=True)  # a few lines that the other side reads before the first call
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_manages_themselves",
                condition=Q(line_manager__isnull=True) | ~Q(line_manager=F("person")),
            )
        ]


class Terms(models.Model):
    """What somebody offers and needs in one programme. Needs and expertise are by domain of its framework."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "person", "places", "expertise", "wants", "needs", "waiting_since", "changed_at"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="matching_terms")
    person = models.ForeignKey(Person, models.PROTECT, related_name="matching_terms")
    places = models.PositiveSmallIntegerField(null=True, blank=True)  # as a mentor here; empty: the usual number
    expertise = models.JSONField(default=dict)  # domain → 0 to 100
    wants = models.PositiveSmallIntegerField(default=1)
    needs = models.JSONField(default=dict)  # domain → weight
    waiting_since = models.DateField(null=True, blank=True)  # empty: since they were enrolled
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="matching_terms_once")]


class Preference(models.Model):
    """Somebody wishes for another person, or asks not to be paired with them. Said in confidence."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "person", "other", "rank", "said_at"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="preferences")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 first; empty: not with this person
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "other"], name="preference_once"),
            models.CheckConstraint(name="preference_about_another", condition=~Q(person=F("other"))),
        ]


class RecordEntry(models.Model):
    """One line of somebody's track record: a funded project, or a work with a DOI."""

    class Kind(models.TextChoices):
        FUNDING = "funding"
        WORK = "work"

    class Role(models.TextChoices):
        LED = "led"
        JOINED = "joined"
        UNKNOWN = ""

    class Privacy:
        identifying = {"title", "doi"}
        open = {
            "id",
            "person",
            "kind",
            "role",
            "organisation",
            "amount",
            "currency",
            "from_year",
            "to_year",
            "source",
            "added_at",
        }

    person = models.ForeignKey(Person, models.PROTECT, related_name="track_record")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=500)
    role = models.CharField(max_length=10, choices=Role.choices, blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)
    doi = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=20)  # orcid, file or typed
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-from_year", "title", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "title"], name="record_entry_once")]
