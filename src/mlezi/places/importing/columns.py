"""The columns a list of places may have. Those of the levels are named as the blueprint names the levels."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports.kinds import Column, Context
from mlezi.places.models import Level

OUTSIDE = "code_in_"
WORDS = (  # what a level may be called in a list: a blueprint's own word finds those of its line
    ("country", "nchi"),
    ("region", "province", "mkoa"),
    ("district", "council", "wilaya", "halmashauri"),
    ("facility", "facility_name", "health_facility", "site", "kituo", "name", "jina"),
)
FACTS = (
    Column("code", _("Code"), _("Yours or ours. A place with a known code is that place, whatever its name.")),
    Column("type", _("Type"), _("Dispensary, health centre …"), ("kind", "facility_type", "aina")),
    Column("ownership", _("Owner"), also=("owner", "ownership_type", "mmiliki")),
    Column("latitude", _("Latitude"), _("In degrees, south is negative."), ("lat", "gps_latitude", "y")),
    Column("longitude", _("Longitude"), _("In degrees, west is negative."), ("lon", "lng", "long", "gps_longitude")),
    Column("location_source", _("Source of the position"), also=("ll_source", "coordinates_source")),
    Column("opened", _("Opened on"), also=("opened_on", "opening_date")),
    Column("closed", _("Closed on"), also=("closed_on", "closing_date")),
    Column("note", _("Note"), _("Shown wherever the place is."), ("remark", "maelezo")),
    Column("hfr_code", _("Code in the national register"), _("Kept as code in “HFR”."), (OUTSIDE + "hfr",)),
    Column("dhis2_code", _("Code in DHIS2"), _("Kept as code in “DHIS2”."), (OUTSIDE + "dhis2", "dhis2_uid")),
)
OUTSIDE_SYSTEMS = {"hfr_code": "HFR", "dhis2_code": "DHIS2"}


def of_level(level: Level, taken: Collection[str]) -> Column:
    """`taken` are the codes of all levels: a word that names another level is not lent."""
    titles = [str(title) for title in level.title.values()]
    shown = titles[0].capitalize() if titles else level.code
    lent = [word for line in WORDS if level.code in line for word in line if word not in taken]
    return Column(f"level:{level.code}", shown, also=(level.code, *titles, *lent))


def columns(context: Context) -> list[Column]:
    """Levels from the root down, then what may be said about a place."""
    levels = list(Level.objects.order_by("rank"))
    taken = {level.code for level in levels}
    return [*(of_level(level, taken) for level in levels), *FACTS]
