"""Finds the region and district a row names, and notes those that would be new."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from django.utils.translation import gettext

from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Context
from mlezi.places import names
from mlezi.places.models import Level, Place


@dataclass
class Parent:
    """A place that holds rows: there already, or to be made. `key` is its id or the names down to it."""

    key: Hashable
    name: str
    level: Level | None
    above: Parent | None
    place: Place | None = None

    @property
    def path(self) -> str:
        """Its path; for one to be made, that of what will hold it; "/" above the root."""
        if self.place:
            return self.place.path
        return self.above.path if self.above else "/"

    @property
    def region_path(self) -> str:
        """The path of what holds it, in which one name is looked for; empty when all of it is new."""
        if self.place and self.above and self.above.place:
            return self.above.place.path
        return self.path if self.path != "/" else ""


ROOT = Parent(None, "", None, None)


@dataclass
class Parents:
    """Looks names up once. Places of one level under one parent are told apart by name."""

    levels: list[Level]
    context: Context
    _known: dict[Hashable, Parent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lowest = self.levels[-1].rank if self.levels else 0
        self._upper = list(
            Place.objects.filter(level__rank__lt=lowest).select_related("level", "parent").order_by("path")
        )
        self._by_pk = {place.pk: place for place in self._upper}

    def of(self, finding: Finding, *, below: Level) -> Parent:
        """The place that will hold the row's place. Notes a problem when it cannot be told."""
        parent = ROOT
        for level in self.levels:
            name = " ".join(finding.says(f"level:{level.code}").split())
            if level.rank >= below.rank or not name:
                continue
            parent = self._under(finding, parent, level, name)
            if finding.reasons:
                return parent
        if parent is ROOT and isinstance(finding.subject, Place):
            return self.kept(ROOT, finding.subject)
        if parent is ROOT and below.rank > 0:
            programme = self.context.programme
            if programme is None or programme.place is None or programme.place.level.rank >= below.rank:
                finding.problem(gettext("The row does not say where the place lies. Fill in what holds it."))
                return parent
            parent = self._wrapped(programme.place)
        return parent

    def kept(self, told: Parent, place: object) -> Parent:
        """What holds a known place: where it lies, unless the row says otherwise. A row may say less than is known."""
        if not isinstance(place, Place) or place.parent is None or not place.path.startswith(told.path):
            return told
        is_above = told is ROOT or (told.place is not None and told.place.level.rank < place.parent.level.rank)
        return self._wrapped(self._by_pk.get(place.parent.pk, place.parent)) if is_above else told

    def _under(self, finding: Finding, above: Parent, level: Level, name: str) -> Parent:
        key = (above.key, level.code, names.bare(name))
        if key not in self._known:
            fitting = [place for place in self._upper if place.level_id == level.pk and self._fits(place, above, name)]
            if len(fitting) > 1:
                finding.problem(
                    gettext("There are {n} places called “{name}”. Add a column for what holds them.").format(
                        n=len(fitting), name=name
                    )
                )
                return above
            if not fitting and above is ROOT and level.rank > 0:
                finding.problem(
                    gettext("“{name}” is not known, and the row does not say where it lies.").format(name=name)
                )
                return above
            self._known[key] = self._wrapped(fitting[0]) if fitting else Parent(key, name, level, above)
        return self._known[key]

    def _fits(self, place: Place, above: Parent, name: str) -> bool:
        if names.bare(place.name) != names.bare(name):
            return False
        if above is ROOT:
            return True
        return above.place is not None and place.path.startswith(above.place.path)

    def _wrapped(self, place: Place) -> Parent:
        key: Hashable = place.pk
        if key not in self._known:
            above = self._by_pk.get(place.parent_id) if place.parent_id else None
            self._known[key] = Parent(place.pk, place.name, place.level, self._wrapped(above) if above else None, place)
        return self._known[key]
