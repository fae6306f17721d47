"""Table 1: who was studied, by what the register says and by the study's factors, in all and in each group."""

from __future__ import annotations

from typing import Any

import numpy as np
from ibis import _

from mlezi.methods.statistics.suppression import protect_table
from mlezi.studies.data import Data
from mlezi.studies.measures import NotThere, grouped, per_person
from mlezi.studies.plan import Comparison, Measure
from mlezi.studies.tallies import tallies

REGISTER = ("cadre", "cohort", "part")
MOST_VALUES = 12


def made(data: Data) -> dict[str, Any]:
    """`groups` in order, and `rows`: counts of each value, or mean and SD, per group; None is hidden or unknown."""
    comparison = next((one for one in data.plan.comparisons if one.by not in ("site", "district", "region")), None)
    sides = _sides(data, comparison)
    declared = {factor.column for factor in data.plan.factors if factor.of == "register"}
    columns = [column for column in REGISTER if column not in declared]
    rows = [row for column in columns for row in _register(data, column, comparison, sides)]
    for factor in data.plan.factors:
        try:
            rows += _factor(data, factor, comparison, sides)
        except NotThere:
            rows.append({"measure": factor.code, "value": None, "kind": "absent", "cells": [None] * (len(sides) + 1)})
    return {
        "comparison": comparison.code if comparison else None,
        "groups": list(sides),
        "rows": rows,
        "people": [data.n_people, *sides.values()],
    }


def _sides(data: Data, comparison: Comparison | None) -> dict[str, int]:
    if comparison is None:
        return {}
    try:
        table = grouped(data, comparison)
    except NotThere:
        return {}
    found = data.read(table.group_by("side").aggregate(n=_.count()).order_by("side"))
    counts = {str(side): int(n) for side, n in zip(found["side"], found["n"], strict=True) if side is not None}
    if len(counts) > MOST_VALUES:
        return {}
    declared = [one.code for one in comparison.groups if one.code in counts]
    return {side: counts[side] for side in [*declared, *sorted(set(counts) - set(declared))]}


def _register(data: Data, column: str, comparison: Comparison | None, sides: dict[str, int]) -> list[dict[str, Any]]:
    measure = Measure.model_validate({"code": column, "title": column, "of": "register", "column": column})
    rows = _factor(data, measure, comparison, sides)
    return rows if len([one for one in rows if one["value"]]) > 1 else []


def _factor(data: Data, measure: Measure, comparison: Comparison | None, sides: dict[str, int]) -> list[dict[str, Any]]:
    if _is_number(data, measure):
        return [_number(data, measure, comparison, sides)]
    table = grouped(data, comparison if sides else None)
    said = per_person(data, measure, None, words=True)
    joined = table.left_join(said, table.participant == said.participant)
    counted = joined.group_by(joined.side, value=joined.value.nullif("")).aggregate(n=_.count())
    found = data.read(counted.order_by("side", "value"))
    values = sorted({one for one in found["value"] if one is not None})
    if len(values) > MOST_VALUES:
        return [{"measure": measure.code, "value": None, "kind": "many", "cells": [len(values)]}]
    counts = {(side, value): int(n) for side, value, n in zip(found["side"], found["value"], found["n"], strict=True)}
    every = [value for value in [*values, None] if any(key[1] == value for key in counts)]
    groups = list(sides) or [""]
    cells = [[counts.get((side, value), 0) for side in groups] for value in every]
    shown = _shown(cells, data.plan.minimum_group, has_groups=bool(sides))
    return [
        {"measure": measure.code, "value": value, "kind": "count" if value is not None else "missing", "cells": line}
        for value, line in zip(every, shown, strict=True)
    ]


def _shown(cells: list[list[int]], threshold: int, *, has_groups: bool) -> list[list[int | None]]:
    """Counts with the total first; small ones hidden, and others so that subtraction does not tell."""
    if not cells:
        return []
    safe = protect_table(cells, threshold=threshold)
    lines: list[list[int | None]] = []
    for row in range(len(cells)):
        total = safe.shown.get((row, "total"))
        parts = [safe.shown.get((row, column)) for column in range(len(cells[row]))]
        lines.append([total, *parts] if has_groups else [total if total is not None else None])
    return lines


def _is_number(data: Data, measure: Measure) -> bool:
    return (
        measure.of not in ("register",)
        and not measure.is_share
        and (measure.of != "answer" or measure.lowest is not None or measure.unit is not None)
    )


def _number(data: Data, measure: Measure, comparison: Comparison | None, sides: dict[str, int]) -> dict[str, Any]:
    counted = tallies(data, measure, None, comparison if sides else None)
    cells: list[Any] = []
    for one in (counted.whole, *(counted.parts.get(side) for side in sides)):
        values = one.spread_out if one and not one.trouble.refusal(measure) else np.array([])
        if values.size < data.plan.minimum_group:
            cells.append(None)
        else:
            cells.append([int(values.size), float(values.mean()), float(values.std(ddof=1))])
    return {"measure": measure.code, "value": None, "kind": "number", "cells": cells}
