"""Where things happen: a tree of places whose levels a blueprint names.

The name of a place is not its identity: names repeat in real data.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class Level(models.Model):
    """One floor of the tree, as in country, region, district, facility."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "code", "rank", "title"}

    code = models.SlugField(max_length=40, unique=True)
    rank = models.PositiveSmallIntegerField()  # 0 is the root
    title = models.JSONField(default=dict)  # language → word

    class Meta:
        ordering = ["rank"]


class Place(models.Model):
    """A node of the tree. `path` is every ancestor's id and its own: "/1/11/204/".

    A subtree is the half-open range from `path` to `path[:-1] + "0"` ("0" follows "/"), which an
    index answers on both databases. `district_id` and `region_id` are the nearest places of those levels
    at or above it, empty where there is none.
    """

    class Privacy:
        identifying: set[str] = set()
        open = {
            "id",
            "uid",
            "code",
            "name",
            "level",
            "parent",
            "path",
            "district_id",
            "region_id",
            "latitude",
            "longitude",
            "location_source",
            "kind",
            "ownership",
            "opened_on",
            "closed_on",
            "outline",
            "outline_source",
            "note",
        }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=60, unique=True)  # ours: short, human, stable
    name = models.CharField(max_length=200, db_index=True)
    level = models.ForeignKey(Level, models.PROTECT, related_name="places")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, unique=True, db_collation=None)
    district_id = models.BigIntegerField(null=True, editable=False)  # row ids; written with `path`, by `tree` alone
    region_id = models.BigIntegerField(null=True, editable=False)
    latitude = models.FloatField(null=True, blank=True)  # WGS 84, degrees
    longitude = models.FloatField(null=True, blank=True)
    location_source = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=80, blank=True)  # dispensary, health centre …
    ownership = models.CharField(max_length=80, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outline = models.JSONField(null=True, blank=True)  # GeoJSON geometry; empty: a hull is drawn, marked approximate
    outline_source = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)  # shown wherever the place is, as "district is approximate"

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="place_has_both_coordinates_or_none",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="place_closes_after_it_opens",
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path_to(self) -> str:
        """The first path after this subtree."""
        return self.path[:-1] + "0"

    @property
    def ancestor_ids(self) -> list[int]:
        return [int(part) for part in self.path.strip("/").split("/")[:-1]]


class OutsideCode(models.Model):
    """What another system calls a place, as in a ministry's facility register or DHIS2."""

    class Privacy:
        identifying: set[str] = set()
        open = {"id", "place", "system", "code"}

    place = models.ForeignKey(Place, models.CASCADE, related_name="outside_codes")
    system = models.CharField(max_length=60)
    code = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="outside_code_names_one_place"),
            models.UniqueConstraint(fields=["place", "system"], name="place_has_one_code_in_a_system"),
        ]
