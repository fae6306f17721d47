"""A new place may not slip past a level that its file has no column for, where places of that level are known.

A facility straight under a region that has districts would be in nobody's district and on no district's page.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext

from mlezi.audit.imports.findings import Finding
from mlezi.places.models import Level, Place


@dataclass
class Passed:
    """`levels` are those the file has no column for. Each place is asked once what it holds."""

    levels: list[Level]
    _missing: dict[tuple[int, int], Level | None] = field(default_factory=dict)

    def refuse(self, finding: Finding) -> None:
        parent, below = finding.facts["parent"], finding.facts["level"]
        if parent.place is None or not self.levels:
            return
        key = (parent.place.pk, below.rank)
        if key not in self._missing:
            self._missing[key] = self._known_between(parent.place, below)
        if level := self._missing[key]:
            finding.problem(
                gettext("The row does not say where in {place} it lies. Add a column “{level}”.").format(
                    place=parent.name, level=level.code
                )
            )

    def _known_between(self, place: Place, below: Level) -> Level | None:
        ranks = range(place.level.rank + 1, below.rank)
        between = [level for level in self.levels if level.rank in ranks]
        inside = Place.objects.filter(path__startswith=place.path)
        return next((level for level in between if inside.filter(level=level).exists()), None)
