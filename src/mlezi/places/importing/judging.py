"""Looks at the rows of a list of places: which place each is about, and what would change. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext

from mlezi.audit.imports import parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Context
from mlezi.places import names, queries
from mlezi.places.importing import identity
from mlezi.places.importing.columns import OUTSIDE_SYSTEMS
from mlezi.places.importing.parents import Parents
from mlezi.places.importing.passed import Passed
from mlezi.places.models import Level, OutsideCode, Place

FIELDS = {
    "type": "kind",
    "ownership": "ownership",
    "latitude": "latitude",
    "longitude": "longitude",
    "location_source": "location_source",
    "opened": "opened_on",
    "closed": "closed_on",
    "note": "note",
}


def judge(findings: list[Finding], context: Context) -> None:
    levels = list(Level.objects.order_by("rank"))
    level = _level_of_rows(findings, levels)
    parents = Parents(levels, context)
    if level is not None:
        _find_by_code(findings, level)
    for finding in findings:
        if level is None or not finding.says(f"level:{level.code}"):
            finding.problem(gettext("The row names no place. Fill in its name."))
            continue
        finding.facts["level"] = level
        finding.facts["name"] = " ".join(finding.says(f"level:{level.code}").split())
        finding.facts["parent"] = parents.of(finding, below=level)
        finding.facts["values"] = _values(finding, context)
    sound = [finding for finding in findings if not finding.reasons]
    _find_by_name(sound, level)
    told = {key for finding in findings for key in finding.given}
    passed = Passed([one for one in levels if f"level:{one.code}" not in told])
    for finding in sound:
        finding.facts["parent"] = parents.kept(finding.facts["parent"], finding.subject)
        if finding.is_new:
            passed.refuse(finding)
        _compare(finding, context)


def _level_of_rows(findings: list[Finding], levels: list[Level]) -> Level | None:
    """The lowest level that any row fills in is what the whole file lists."""
    filled = {key for finding in findings for key in finding.given}
    return next((level for level in reversed(levels) if f"level:{level.code}" in filled), None)


def _values(finding: Finding, context: Context) -> dict[str, Any]:
    """Fields of the place as the row gives them; what it does not give is absent."""
    latitude = parsing.decimal(finding, "latitude", lowest=-90, highest=90)
    longitude = parsing.decimal(finding, "longitude", lowest=-180, highest=180)
    if bool(finding.says("latitude")) != bool(finding.says("longitude")):
        finding.problem(gettext("Give both latitude and longitude, or neither."))
    if latitude == 0 and longitude == 0:
        finding.problem(gettext("Latitude and longitude are both 0, which is in the sea. Leave them empty."))
    values: dict[str, Any] = {
        "type": finding.says("type"),
        "ownership": finding.says("ownership"),
        "latitude": latitude,
        "longitude": longitude,
        "location_source": finding.says("location_source"),
        "opened": parsing.day(finding, "opened"),
        "closed": parsing.day(finding, "closed"),
        "note": finding.says("note") or context.options.get("note", ""),
    }
    if (code := finding.says("code")) and not names.is_code(code):
        finding.problem(gettext("“{code}” cannot be a code. Use letters, digits, dots and dashes.").format(code=code))
    if values["opened"] and values["closed"] and values["closed"] < values["opened"]:
        finding.problem(gettext("The place closes before it opens. Correct one of the two days."))
    return {key: value for key, value in values.items() if value not in (None, "")}


def _find_by_code(findings: list[Finding], level: Level) -> None:
    """By our code, then by another system's code: such a row need not say where the place lies."""
    by_code = {place.code.casefold(): place for place in Place.objects.filter(level=level).select_related("parent")}
    outside = {(row.system, row.code): row.place for row in OutsideCode.objects.select_related("place__parent")}
    for finding in findings:
        found = by_code.get(finding.says("code").casefold())
        for key, system in OUTSIDE_SYSTEMS.items():
            found = found or outside.get((system, finding.says(key)))
        finding.subject = found


def _find_by_name(findings: list[Finding], level: Level | None) -> None:
    """The others by name, parent and position."""
    if level is None:
        return
    rest = [finding for finding in findings if finding.subject is None and not finding.says("code")]
    _pair_by_name(rest, list(Place.objects.filter(level=level).select_related("parent")))
    _refuse_twice(findings)
    for finding in findings:
        finding.is_new = finding.subject is None


def _pair_by_name(findings: list[Finding], places: list[Place]) -> None:
    rows_of: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        parent = finding.facts["parent"]
        rows_of[names.bare(finding.facts["name"]), parent.region_path].append(finding)
    places_of: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        places_of[names.bare(place.name)].append(place)
    by_pk = {place.pk: place for place in places}
    for (name, region), rows in rows_of.items():
        near = [place for place in places_of[name] if region and place.path.startswith(region)]
        pairs = identity.paired(
            [identity.Claim(row.number, row.facts["parent"].key, _point(row.facts["values"])) for row in rows],
            [identity.Claim(place.pk, place.parent_id, _position(place)) for place in near],
        )
        for row in rows:
            row.subject = by_pk.get(pairs.get(row.number, 0))


def _refuse_twice(findings: list[Finding]) -> None:
    """Two rows about one place: the second says so."""
    seen: dict[object, int] = {}
    for finding in findings:
        key: object = finding.subject.pk if finding.subject else _fingerprint(finding)
        if key in seen:
            finding.problem(
                gettext("The same place stands in row {row}. Remove one, or give each its code.").format(row=seen[key])
            )
        seen.setdefault(key, finding.number)


def _fingerprint(finding: Finding) -> object:
    code = finding.says("code").casefold()
    name = names.bare(finding.facts["name"])
    return code or (name, finding.facts["parent"].key, _point(finding.facts["values"]))


def _compare(finding: Finding, context: Context) -> None:
    place = finding.subject
    parent = finding.facts["parent"]
    if not queries.covers(context.scope, parent.path):
        finding.problem(gettext("This place lies outside the part of the country you look after."))
    if isinstance(place, Place):
        if not queries.covers(context.scope, place.path):
            finding.problem(gettext("This place lies outside the part of the country you look after."))
        finding.differs("name", place.name, finding.facts["name"])
        finding.differs("parent", place.parent or "", parent.name)
        finding.facts["is_moved"] = parent.key != place.parent_id
        for key, value in finding.facts["values"].items():
            finding.differs(key, getattr(place, FIELDS[key]), value)
        known = {row.system: row.code for row in place.outside_codes.all()} if _says_outside(finding) else {}
        for key, system in OUTSIDE_SYSTEMS.items():
            finding.differs(key, known.get(system, ""), finding.says(key))


def _says_outside(finding: Finding) -> bool:
    return any(finding.says(key) for key in OUTSIDE_SYSTEMS)


def _point(values: dict[str, Any]) -> tuple[float, float] | None:
    if "latitude" in values and "longitude" in values:
        return (values["latitude"], values["longitude"])
    return None


def _position(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return (place.latitude, place.longitude)
