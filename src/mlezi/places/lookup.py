"""Finds the place a cell means, by code or by name, among those somebody may touch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext

from mlezi.places import names, queries
from mlezi.places.models import OutsideCode, Place
from mlezi.places.scope import Scope


@dataclass
class Places:
    """Loads the tree once; `scope` None is the command line, which may touch everything."""

    scope: Scope | None
    _by_code: dict[str, Place] = field(default_factory=dict)
    _by_name: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    _by_pk: dict[int, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in Place.objects.select_related("level").order_by("pk"):
            self._by_pk[place.pk] = place
            self._by_code[place.code.casefold()] = place
            self._by_name[names.bare(place.name)].append(place)
        for row in OutsideCode.objects.all():
            self._by_code.setdefault(row.code.casefold(), self._by_pk[row.place_id])

    def find(self, *, code: str, name: str, inside: str = "") -> tuple[Place | None, str]:
        """The place, or why it cannot be told. `inside` names a district or region to look in."""
        if code:
            return self._by_given_code(code)
        if not names.bare(name):
            return None, gettext("No place is named. Give its code or its name.")
        found = [place for place in self._by_name.get(names.bare(name), []) if queries.covers(self.scope, place.path)]
        if inside:
            found = [place for place in found if self._lies_in(place, names.bare(inside))]
        if len(found) > 1:
            lowest = max(place.level.rank for place in found)
            found = [place for place in found if place.level.rank == lowest]
        if len(found) == 1:
            return found[0], ""
        if not found:
            return None, gettext("There is no place called “{name}” in your part. Check its spelling.").format(
                name=f"{name}, {inside}" if inside else name
            )
        codes = ", ".join(f"{place.code} ({self._where(place)})" for place in found[:5])
        return None, gettext("Several places are called “{name}”. Say which by its code: {codes}.").format(
            name=name, codes=codes
        )

    def _by_given_code(self, code: str) -> tuple[Place | None, str]:
        place = self._by_code.get(code.casefold())
        if place is None:
            return None, gettext("No place has the code “{code}”. Check it in the list of places.").format(code=code)
        if not queries.covers(self.scope, place.path):
            return None, gettext("The place with the code “{code}” lies outside your part.").format(code=code)
        return place, ""

    def _lies_in(self, place: Place, name: str) -> bool:
        return any(names.bare(self._by_pk[pk].name) == name for pk in place.ancestor_ids if pk in self._by_pk)

    def _where(self, place: Place) -> str:
        above = self._by_pk.get(place.parent_id or 0)
        return above.name if above else place.name
