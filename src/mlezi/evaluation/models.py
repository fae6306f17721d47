"""Facility figures that come from elsewhere, rollups that the derivation keeps, and reports as locked.

Rollups (`PersonMonth`, `LevelCube` …) are datasets in a table: derived, rebuildable, read by large pages.
"""

from __future__ import annotations

from django.db import models

from mlezi.competencies.models import Competency
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme


class SiteFigure(models.Model):
    """A facility's own figure for a month (clients, deliveries, outcomes). Beside mentoring, not mixed in."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "place", "month", "measure", "value"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="site_figures")
    place = models.ForeignKey(Place, models.PROTECT, related_name="site_figures")
    month = models.DateField()  # its first day
    measure = models.CharField(max_length=60)
    value = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "place", "month", "measure"], name="site_figure_once")
        ]


class DataStep(models.Model):
    """Something that figures are made of changed; written in the change's own transaction. See `versions`."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "area", "step"}

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="+")  # empty: in every programme
    area = models.BigIntegerField(null=True)  # a district; 0: outside any; -1: roles only; empty: everywhere
    step = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["programme", "area"], name="data_step_area")]


class RollupState(models.Model):
    """By which definitions a programme's rollups were made; they are not read until those are the present ones."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "made_with", "making", "n_done", "n_total", "started_at"}

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="+")
    made_with = models.CharField(max_length=64, blank=True)  # a fingerprint; empty: never made whole
    making = models.CharField(max_length=64, blank=True)  # while they are made again: the fingerprint to come
    n_done = models.PositiveIntegerField(default=0)  # portions
    n_total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)


class PersonMonth(models.Model):
    """What a person received in a month, wherever. A rollup: derived, kept by `rollups`, rebuildable."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "person", "month", "encounters", "known", "minutes", "place", "cadre", "last_on"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    month = models.DateField()  # its first day
    encounters = models.PositiveIntegerField()
    known = models.PositiveIntegerField()  # of them, how many of known length
    minutes = models.PositiveIntegerField(null=True)  # of the known; empty when none is
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+")  # where last seen in the month
    cadre = models.CharField(max_length=60, blank=True, default="")  # as last seen there
    last_on = models.DateField(null=True)  # on that day; empty where no place is known

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "programme", "month"], name="person_month_once")]


class PersonYear(models.Model):
    """The months of a person in a year, added up. A rollup."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "person", "year", "encounters", "known", "minutes"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    encounters = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "programme", "year"], name="person_year_once")]


class PersonTotal(models.Model):
    """All that a person ever received, from which day to which, and where they were last seen. A rollup.

    It answers for every period that holds all of somebody's days.
    """

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id", "programme", "person", "encounters", "known", "minutes", "first_on", "last_on", "place", "cadre",
            "placed_on",
        }  # fmt: skip

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    encounters = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField(null=True)
    first_on = models.DateField()
    last_on = models.DateField()
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+")  # where last seen
    cadre = models.CharField(max_length=60, blank=True, default="")  # as last seen there
    placed_on = models.DateField(null=True)  # on that day; empty where no place is known

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "programme"], name="person_total_once")]
        indexes = [models.Index(fields=["programme", "placed_on"], name="person_total_last_seen")]


class MeetingMonth(models.Model):
    """Encounters held in a month, by district, mode and length. A rollup.

    `place` is the district; of an encounter outside any, the place where it was held.
    """

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "place", "month", "mode", "minutes", "held", "timed", "late", "from_paper"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    month = models.DateField()  # its first day
    mode = models.CharField(max_length=20)
    minutes = models.PositiveIntegerField(null=True)  # how long each was; empty is unknown
    held = models.PositiveIntegerField()
    timed = models.PositiveIntegerField()  # of them, how many whose delay until receipt is known
    late = models.PositiveIntegerField()  # of the timed, how many came late
    from_paper = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["programme", "month"], name="meeting_month_of_programme")]


class RatingSpell(models.Model):
    """At the end of which months a person's latest rating by somebody else was this one, in a competency. A rollup.

    The month it holds from, up to but not including the month it ends in; a last one has no end: it is current.
    """

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id",
            "programme",
            "person",
            "competency",
            "place",
            "level",
            "rated_on",
            "since",
            "until",
        }

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    competency = models.ForeignKey(Competency, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+")
    level = models.PositiveSmallIntegerField()
    rated_on = models.DateField()
    since = models.DateField()  # first days of months
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "programme", "competency", "since"], name="rating_spell_once")
        ]
        indexes = [
            models.Index(fields=["programme", "rated_on"], condition=models.Q(until=None), name="rating_spell_current")
        ]


class LevelCube(models.Model):
    """How many current ratings there are, and how many reach the level, by place, topic and cadre. A rollup."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "place", "topic", "cadre", "rated", "passed"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=60)
    cadre = models.CharField(max_length=60, blank=True)
    rated = models.PositiveIntegerField()
    passed = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "programme", "topic", "cadre"], name="level_cube_once")]


class LevelMonth(models.Model):
    """By how many a `LevelCube` cell changed in a month; added up, the cell as it was at a month's end. A rollup."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "programme", "place", "topic", "cadre", "month", "rated", "passed"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=60)
    cadre = models.CharField(max_length=60, blank=True)
    month = models.DateField()  # its first day
    rated = models.IntegerField()
    passed = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "programme", "topic", "cadre", "month"], name="level_month_once")
        ]
        indexes = [models.Index(fields=["programme", "month"], name="level_month_of_programme")]
