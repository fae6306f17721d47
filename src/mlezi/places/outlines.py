"""Real boundaries instead of the dashed hulls: outlines of districts or regions from a GeoJSON file."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from mlezi.audit import actions as audit
from mlezi.formats import geojson
from mlezi.formats.table import Unreadable
from mlezi.places import names, problems, queries
from mlezi.places.models import OutsideCode, Place
from mlezi.places.scope import Scope

REASONS = {
    "not_geojson": "It is not GeoJSON. Export it as GeoJSON and try again.",
    "no_outlines": "It holds no polygons.",
    "bad_position": "“{name}” has points that are no degrees. Export it in WGS 84 (EPSG:4326).",
}


@transaction.atomic
def draw(
    *, content: bytes, level: str, source: str, scope: Scope | None, by: audit.Actor, at: datetime
) -> tuple[list[Place], list[str]]:
    """Give places of the level their outlines, found by code or by name; the second value are names nobody has.

    Raises `BadOutlines`. Places outside the scope are left alone and named with the unknown.
    """
    try:
        outlines = geojson.read(content)
    except Unreadable as error:
        raise problems.BadOutlines(reason=gettext(REASONS[error.code]).format(**error.facts)) from error
    places = list(Place.objects.filter(level__code=level).select_for_update())
    places = [place for place in places if queries.covers(scope, place.path)]
    by_sign = _by_sign(places)
    drawn, unknown = [], []
    for outline in outlines:
        signs = (*(code.casefold() for code in outline.codes), names.bare(outline.name))
        place = next((by_sign[sign] for sign in signs if by_sign.get(sign)), None)
        if place is None:
            unknown.append(outline.name or gettext("(without a name)"))
            continue
        place.outline, place.outline_source = outline.geometry, source[:120]
        place.save(update_fields=["outline", "outline_source"])
        audit.record("place.outlined", place, by=by, at=at, facts={"source": source})
        drawn.append(place)
    return drawn, unknown


def _by_sign(places: list[Place]) -> dict[str, Place | None]:
    """Code or name → the place; a name that two bear finds neither."""
    found: dict[str, Place | None] = {}
    for place in places:
        name = names.bare(place.name)
        found[name] = None if name in found else place
    for code in OutsideCode.objects.filter(place__in=places).select_related("place"):
        found[code.code.casefold()] = code.place
    return found | {place.code.casefold(): place for place in places}
