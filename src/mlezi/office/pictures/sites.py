"""Facilities and how they stand: last visit, what is due, as a map and as a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mlezi.encounters import queries as encounters
from mlezi.encounters.queries import Facility
from mlezi.evaluation import keeping
from mlezi.office import links
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.maps import Map, Outline, Spot
from mlezi.programmes.models import Programme

SOON = 7  # days before a visit is due that a page starts to say so
KEY = [
    ("late", _("overdue")),
    ("wait", _("due within a week")),
    ("good", _("visited in time")),
    ("none", _("no visit yet")),
]


class Standing(NamedTuple):
    """A facility on a day. `tone` is late, wait, good or none; `days` since the last visit, None for never."""

    place: Facility
    due_on: date | None
    days: int | None
    tone: str

    @property
    def last_on(self) -> date | None:
        return self.place.last_on

    @property
    def words(self) -> str:
        if self.days is None:
            return gettext("never visited")
        if self.days == 0:
            return gettext("today")
        return ngettext("{n} day ago", "{n} days ago", self.days).format(n=self.days)


def standings(programme: Programme, scope: Scope, *, on: date) -> Sequence[Standing]:
    """Every facility that takes part on that day, those that waited longest first."""
    every = encounters.visit_interval(programme)

    def make(found: list[Facility]) -> Sequence[Standing]:
        made = [_standing(one, every, on) for one in found]
        made.sort(key=lambda one: (-(one.days if one.days is not None else 10_000), one.place.name))
        return tuple(made)

    find = partial(encounters.facilities, on=on)
    return keeping.by_area(f"standings every {every}", programme, scope, on=on, find=find, make=make)


def _standing(place: Facility, every: int | None, on: date) -> Standing:
    last = place.last_on
    since = last or place.from_on
    due = since + timedelta(days=every) if every else None
    days = (on - last).days if last else None
    if due is not None and due < on:
        tone = "late"
    elif last is None:
        tone = "none"
    elif due is not None and due <= on + timedelta(days=SOON):
        tone = "wait"
    else:
        tone = "good"
    return Standing(place, due, days, tone)


def districts(found: Sequence[Standing]) -> QuerySet[Place]:
    """The places above them."""
    return Place.objects.filter(pk__in={one.place.parent_id for one in found if one.place.parent_id})


def drawn(
    programme: Programme, found: Sequence[Standing], around: Iterable[Place], title: str, *, is_small: bool = False
) -> Map:
    """The same facilities on a map with the outlines of the places around them."""
    spots = [
        Spot(
            one.place.code, one.place.name, one.place.latitude, one.place.longitude,
            links.page("facility", programme, one.place.code), one.tone, one.words, str(one.place.parent_id),
        )
        for one in found
    ]  # fmt: skip
    outlines = [Outline(str(row.pk), row.name, row.outline) for row in around]
    radius = 6.5 if len(spots) < 60 else 4.5
    return Map(title, spots, outlines, KEY, radius=radius, width=380 if is_small else 640, with_list=not is_small)
