"""Facilities and how they stand: last visit, what is due, as a map and as a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mlezi.encounters import queries as encounters
from mlezi.office import links
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.maps import Map, Outline, Spot
from mlezi.programmes.models import Programme, Site

SOON = 7  # days before a visit is due that a page starts to say so
KEY = [
    ("late", _("overdue")),
    ("wait", _("due within a week")),
    ("good", _("visited in time")),
    ("none", _("no visit yet")),
]


@dataclass(frozen=True)
class Standing:
    """A facility on a day. `tone` is late, wait, good or none; `days` since the last visit, None for never."""

    site: Site
    last_on: date | None
    due_on: date | None
    days: int | None
    tone: str

    @property
    def place(self) -> Place:
        return self.site.place

    @property
    def is_overdue(self) -> bool:
        return self.tone == "late" or (self.tone == "none" and self.due_on is None)

    @property
    def days_late(self) -> int:
        return 0 if self.due_on is None or self.days is None else self.days

    @property
    def words(self) -> str:
        if self.days is None:
            return gettext("never visited")
        if self.days == 0:
            return gettext("today")
        return ngettext("{n} day ago", "{n} days ago", self.days).format(n=self.days)


def standings(programme: Programme, scope: Scope, *, on: date) -> list[Standing]:
    """Every facility that takes part on that day, those that waited longest first."""
    every = encounters.visit_interval(programme)
    found = [_standing(site, every, on) for site in encounters.sites_with_last_visit(scope, on=on)]
    return sorted(found, key=lambda one: (-(one.days if one.days is not None else 10_000), one.place.name))


def _standing(site: Site, every: int | None, on: date) -> Standing:
    last: date | None = site.last_on  # type: ignore[attr-defined]
    since = last or site.from_on
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
    return Standing(site, last, due, days, tone)


def drawn(
    programme: Programme, found: Sequence[Standing], districts: Iterable[Place], title: str, *, is_small: bool = False
) -> Map:
    """The same facilities on a map with their districts' outlines."""
    spots = [
        Spot(
            one.place.code, one.place.name, one.place.latitude, one.place.longitude,
            links.page("facility", programme, one.place.code), one.tone, one.words, str(one.place.parent_id),
        )
        for one in found
    ]  # fmt: skip
    outlines = [Outline(str(row.pk), row.name, row.outline) for row in {row.pk: row for row in districts}.values()]
    radius = 6.5 if len(spots) < 60 else 4.5
    return Map(title, spots, outlines, KEY, radius=radius, width=380 if is_small else 640, with_list=not is_small)
