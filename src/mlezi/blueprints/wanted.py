"""A blueprint as a flat table of parts, in the same shape as what is installed, so that both compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.blueprints.schema import Blueprint
from mlezi.blueprints.schema.meetings import Material
from mlezi.blueprints.schema.words import nested_code
from mlezi.narratives import codebook_files, shipped
from mlezi.narratives.codebook_files import CodebookFile
from mlezi.studies import canonical

Key = tuple[str, str]  # what it is, its code
Facts = dict[str, Any]
Parts = dict[Key, Facts]


def parts(blueprint: Blueprint) -> Parts:
    """Every part that becomes a row of its own. Forms are added by whoever converted them."""
    found: Parts = {("programme", blueprint.code): _programme(blueprint)}
    for rank, level in enumerate(blueprint.places.levels):
        found["level", level.code] = {"rank": rank, "title": level.title}
    for order, domain in enumerate(blueprint.framework.domains):
        found["domain", domain.code] = {"title": domain.title, "order": order, "retired": domain.retired}
        for place, competency in enumerate(domain.competencies):
            found["competency", nested_code(domain.code, competency.code)] = {
                "title": competency.title,
                "levels": blueprint.framework.levels,
                "pass_level": competency.pass_level or blueprint.framework.pass_level,
                "must_pass": competency.must_pass,
                "recheck_days": competency.recheck_days or blueprint.framework.recheck_days,
                "order": place,
                "retired": competency.retired or domain.retired,
            }
    for kind in blueprint.encounters:
        found["encounter", kind.code] = {
            "title": kind.title,
            "mode": kind.mode,
            "forms": kind.forms,
            "led_by": kind.led_by,
            "every_days": kind.every_days,
            "planned_minutes": kind.minutes,
            "retired": kind.retired,
        }
    for rate in blueprint.rates:
        found["rate", rate.code] = {
            "title": rate.title,
            "unit": rate.unit,
            "amount": f"{rate.amount:.2f}",
            "currency": rate.currency,
        }
    if blueprint.study:
        found["study", blueprint.study.code] = {
            "plan": canonical.sha256(blueprint.study.model_dump(mode="json", by_alias=True))
        }
    for cohort in blueprint.cohorts:
        found["cohort", cohort.code] = {
            "title": cohort.title,
            "starts_on": cohort.starts_on and cohort.starts_on.isoformat(),
        }
    return found


def codebook(name: str, files: Mapping[str, bytes]) -> CodebookFile:
    """The codebook a blueprint names: a file of its folder, or one that comes with Mlezi."""
    return shipped.read(name) if name in shipped.CODES else codebook_files.read(files.get(name, b""))


def material(one: Material, order: int, content: str) -> Facts:
    """Guidance for phones; `content` is a digest of the file."""
    return {
        "title": one.title,
        "domain": one.domain or "",
        "licence": one.licence,
        "source": one.source,
        "order": order,
        "content": content,
    }


def _programme(blueprint: Blueprint) -> Facts:
    return {
        "title": blueprint.title,
        "time_zone": blueprint.time_zone,
        "starts_on": blueprint.starts_on and blueprint.starts_on.isoformat(),
        "ends_on": blueprint.ends_on and blueprint.ends_on.isoformat(),
    }


# The rest of a blueprint is kept whole on the programme and read from there by the rooms it concerns.
KEPT_WHOLE = (
    "summary", "languages", "places", "cadres", "roles", "equipment", "targets", "schedules", "instruments", "courses",
    "planning", "trust", "materials", "indicators", "matching", "study", "codebooks", "readiness",
)  # fmt: skip


def kept_whole(blueprint: Blueprint) -> dict[str, Any]:
    """Plain JSON of everything rooms read from `Programme.blueprint`."""
    data = blueprint.model_dump(mode="json")
    data["encounters"] = [
        {"code": kind["code"], "counts_as": kind["counts_as"], "refresh_days": kind["refresh_days"]}
        for kind in data["encounters"]
    ]
    return {name: data[name] for name in (*KEPT_WHOLE, "encounters")}
