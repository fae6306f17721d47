"""What a reader must keep in mind, worked out from the design and from what came out; words are in `sentences`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import ibis

from mlezi.studies.data import Data
from mlezi.studies.found import Found
from mlezi.studies.plan import Study

FEW_SITES = 10
MANY_LOST = 0.2
Limit = dict[str, Any]


def of(plan: Study, data: Data, found: Mapping[str, Found]) -> list[Limit]:
    """Each limit once: its code and the values its sentence needs."""
    seen: dict[str, Limit] = {}
    for code, values in _all(plan, data, found):
        seen.setdefault(f"{code}{sorted(values.items())}", {"code": code, "values": values})
    return list(seen.values())


def _all(plan: Study, data: Data, found: Mapping[str, Found]) -> Iterator[tuple[str, Limit]]:
    if data.manifest.get("is_made_up"):
        yield "made_up", {}
    if plan.design == "cross_section":
        yield "one_moment", {}
    elif plan.design == "single_group" or (plan.design == "retention_cohort" and not plan.comparisons):
        yield "no_comparison", {}
    elif plan.design == "comparison_group":
        yield "not_random", {}
    elif plan.design == "staggered_start":
        yield "staggered", {}
    sites = data.read(data.tables["participants"].aggregate(n=ibis._.site.nullif("").nunique()))["n"][0]
    if 0 < sites < FEW_SITES:
        yield "few_sites", {"sites": int(sites)}
    if data.n_people == 0:
        yield "nobody", {}
    for spec in plan.analyses:
        yield from _of_one(spec.code, found[spec.code])
    if plan.multiplicity == "none" and sum(1 for one in found.values() for f in one.figures if f.p is not None) > 1:
        yield "not_adjusted", {}
    for reason, n in data.manifest.get("left_out", {}).items():
        yield "rare_hidden", {"what": reason.split(" ")[0].split(".")[-1], "n": n}


def _of_one(code: str, found: Found) -> Iterator[tuple[str, Limit]]:
    steps = dict(found.steps)
    if "first_time" in steps and steps["first_time"]:
        lost = 1 - steps["both_times"] / steps["first_time"]
        if lost > MANY_LOST:
            yield "attrition", {"lost": round(100 * lost), "both": steps["both_times"], "first": steps["first_time"]}
    for figure in found.figures:
        if figure.estimate.is_empty and figure.headline:
            yield "empty", {"analysis": code}
        for one in figure.estimate.warnings:
            if one.code in ("ceiling", "floor") and figure.key.startswith("all"):
                yield one.code, dict(one.values)
    for one in found.limits:
        yield one.code, dict(one.values)
