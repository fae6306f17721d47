"""Which place a row without a code is about: told by name, parent and position together.

Two facilities of one region may bear one name; the same file brought in again must find each of them,
also after a corrected position or district. So rows and places of one name are paired nearest first.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from mlezi.places.distances import kilometres

SAME_SITE_KM = 2.0  # nearer than this, another district written down is a correction
CORRECTED_KM = 20.0  # a lone name may have been drawn this far off
UNKNOWN_KM = 1.0  # what counts when one of the two has no position


@dataclass(frozen=True)
class Claim:
    """A row or a place that bears a name: under which parent and where, if known."""

    key: int
    parent: Hashable
    point: tuple[float, float] | None


def paired(rows: Sequence[Claim], places: Sequence[Claim]) -> Mapping[int, int]:
    """Row key → place key, one to one, for rows and places of one name in one region."""
    is_lone = len(rows) == 1 and len(places) == 1
    options = sorted(
        (
            (distance, str(row.key), str(place.key), row, place)
            for row in rows
            for place in places
            if (distance := _distance(row, place, is_lone=is_lone)) is not None
        ),
        key=lambda option: option[:3],
    )
    found: dict[int, int] = {}
    for _, _, _, row, place in options:
        if row.key not in found and place.key not in found.values():
            found[row.key] = place.key
    return found


def _distance(row: Claim, place: Claim, *, is_lone: bool) -> float | None:
    """How far the two are apart, in kilometres; None when they cannot be the same."""
    if row.point is None or place.point is None:
        return UNKNOWN_KM if row.parent == place.parent else None
    apart = kilometres(row.point, place.point)
    limit = (CORRECTED_KM if is_lone else SAME_SITE_KM) if row.parent == place.parent else SAME_SITE_KM
    return apart if apart <= limit else None
