"""Codes stand once, and what points at a code finds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from mlezi.blueprints.findings import nearest
from mlezi.blueprints.reading import Reading
from mlezi.blueprints.schema.words import Named
from mlezi.evaluation.indicator import Measure
from mlezi.evaluation.indicators import INDICATORS
from mlezi.formats.located_yaml import Path
from mlezi.programmes.permissions import ROLES


def check(reading: Reading) -> None:
    blueprint = reading.blueprint
    assert blueprint is not None
    _once(reading, ("places", "levels"), blueprint.places.levels)
    _once(reading, ("cadres",), blueprint.cadres)
    _once(reading, ("encounters",), blueprint.encounters)
    _once(reading, ("schedules",), blueprint.schedules)
    _once(reading, ("courses",), blueprint.courses)
    _once(reading, ("rates",), blueprint.rates)
    _once(reading, ("cohorts",), blueprint.cohorts)
    _once(reading, ("framework", "domains"), blueprint.framework.domains)
    for number, domain in enumerate(blueprint.framework.domains):
        _once(reading, ("framework", "domains", number, "competencies"), domain.competencies)
    for kind in ("clinical", "learning", "staff", "supplies"):
        _once(reading, ("equipment", kind), getattr(blueprint.equipment, kind))

    levels = [level.code for level in blueprint.places.levels]
    _known(reading, ("places", "sites"), blueprint.places.sites, levels, "level")
    _known(reading, ("places", "oversight"), blueprint.places.oversight, levels, "level")
    _sites_are_overseen(reading, levels)
    for number, role in enumerate(blueprint.roles):
        _known(reading, ("roles", number, "role"), role.role, ROLES, "role")
    for number, kind_of in enumerate(blueprint.encounters):
        for place, role_code in enumerate(kind_of.led_by):
            _known(reading, ("encounters", number, "led_by", place), role_code, ROLES, "role")
        if "refresher" in kind_of.counts_as and not kind_of.refresh_days:
            reading.add(
                ("encounters", number),
                "It counts as a refresher, but nobody says when the next is due.",
                "Add `refresh_days:`, as in 365.",
            )
    domains = [domain.code for domain in blueprint.framework.domains]
    for number, material in enumerate(blueprint.materials):
        if material.domain:
            _known(reading, ("materials", number, "domain"), material.domain, domains, "domain")
    indicators = [indicator.code for indicator in INDICATORS]
    shares = {indicator.code for indicator in INDICATORS if indicator.measure is Measure.SHARE}
    for number, target in enumerate(blueprint.targets):
        _known(reading, ("targets", number, "indicator"), target.indicator, indicators, "indicator")
        if target.indicator in shares and not 0 <= target.value <= 1:
            reading.add(
                ("targets", number, "value"),
                f"{target.indicator} is a share, so its target lies between 0 and 1 (found {target.value:g}).",
                "Write 80 % as 0.8.",
            )
    for number, code in enumerate(blueprint.indicators):
        _known(reading, ("indicators", number), code, indicators, "indicator")
    _time_zone(reading, blueprint.time_zone)


def _sites_are_overseen(reading: Reading, levels: list[str]) -> None:
    blueprint = reading.blueprint
    assert blueprint is not None
    sites, oversight = blueprint.places.sites, blueprint.places.oversight
    if {sites, oversight} <= set(levels) and levels.index(sites) < levels.index(oversight):
        reading.add(
            ("places", "oversight"),
            f"An overseer would look after less than a site: {oversight!r} lies below {sites!r}.",
            f"Choose {sites!r} or a level above it.",
        )


def _once(reading: Reading, path: Path, parts: Sequence[Named]) -> None:
    seen: dict[str, int] = {}
    for number, part in enumerate(parts):
        if part.code in seen:
            _, line = reading.locate((*path, seen[part.code]))
            reading.add((*path, number, "code"), f"The code {part.code!r} stands twice (line {line}).", "Rename one.")
        seen.setdefault(part.code, number)


def _known(reading: Reading, path: Path, code: str, known: Iterable[str], what: str) -> None:
    names = list(known)
    if code not in names:
        reading.add(path, f"There is no {what} {code!r}.", nearest(code, names))


def _time_zone(reading: Reading, name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        reading.add(("time_zone",), f"{name!r} is not a time zone.", "Write it as Africa/Dar_es_Salaam.")
