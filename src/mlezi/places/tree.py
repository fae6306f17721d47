"""Where a place stands in the tree: its path, and the district and region it belongs to.

Whoever plants or moves a place writes what stands here with it; nothing else may write these columns.
"""

from __future__ import annotations

from typing import TypedDict

from mlezi.places.models import Level, Place

DISTRICT, REGION = "district", "region"  # codes of levels; where a tree has neither, see `serving_as`


class Standing(TypedDict):
    """The columns that follow from a place's parent."""

    path: str
    district_id: int | None
    region_id: int | None


def under(parent: Place | None, place: Place) -> Standing:
    """How a saved place stands under that parent (None: at the root)."""
    district, region = (parent.district_id, parent.region_id) if parent else (None, None)
    part = serving_as(place.level)
    return {
        "path": f"{parent.path if parent else '/'}{place.pk}/",
        "district_id": place.pk if part == DISTRICT else district,
        "region_id": place.pk if part == REGION else region,
    }


def serving_as(level: Level) -> str:
    """Whether places of a level are the districts or the regions of figures; empty for neither.

    A tree that calls them otherwise, as country, province, zone, facility, has its districts right above its lowest
    level, and its regions right above these. The root is neither, unless it is called so.
    """
    if level.code in (DISTRICT, REGION):
        return level.code
    if level.rank == 0:
        return ""
    codes = list(Level.objects.order_by("rank").values_list("code", flat=True))
    district = DISTRICT if DISTRICT in codes else codes[-2] if len(codes) > 1 else ""
    if level.code == district and district != REGION:
        return DISTRICT
    above = codes.index(district) - 1 if district in codes else -1
    return REGION if REGION not in codes and above > 0 and level.code == codes[above] else ""


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
