"""Where a place stands in the tree: its path, and the district and region it belongs to.

Whoever plants or moves a place writes what stands here with it; nothing else may write these columns.
"""

from __future__ import annotations

from typing import TypedDict

from mlezi.places.models import Place

DISTRICT, REGION = "district", "region"  # codes of levels; a tree may have neither


class Standing(TypedDict):
    """The columns that follow from a place's parent."""

    path: str
    district_id: int | None
    region_id: int | None


def under(parent: Place | None, place: Place) -> Standing:
    """How a saved place stands under that parent (None: at the root)."""
    district, region = (parent.district_id, parent.region_id) if parent else (None, None)
    code = place.level.code
    return {
        "path": f"{parent.path if parent else '/'}{place.pk}/",
        "district_id": place.pk if code == DISTRICT else district,
        "region_id": place.pk if code == REGION else region,
    }


def plant(place: Place) -> None:
    """Write how a place that was just saved stands under its parent."""
    standing = under(place.parent, place)
    for name, value in standing.items():
        setattr(place, name, value)
    place.save(update_fields=list(standing))


def moved(place: Place, parent: Place | None) -> list[tuple[Place, Standing]]:
    """The place and everything in it with how they stand under another parent, the place first."""
    own = under(parent, place)
    inside = list(Place.objects.filter(path__startswith=place.path).exclude(pk=place.pk).order_by("path"))
    stay = {row.pk for row in inside} | {place.pk}
    rows: list[tuple[Place, Standing]] = [(place, own)]
    for row in inside:
        standing: Standing = {
            "path": own["path"] + row.path[len(place.path) :],
            "district_id": row.district_id if row.district_id in stay else own["district_id"],
            "region_id": row.region_id if row.region_id in stay else own["region_id"],
        }
        rows.append((row, standing))
    return rows
