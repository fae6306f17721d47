"""From an indicator's rows to the tables that figures read: counts, amounts with how often each occurs, records.

Quantiles are not asked of the databases (SQLite has none): they give each amount with its frequency, which
is small, and `methods.statistics` does the arithmetic, exactly alike for every engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlezi.evaluation.indicator import ABOVE, BREAKDOWNS, Indicator, Measure

OUTSIDE = 0


def tidy(indicator: Indicator, rows: Any, by: Sequence[str], *, by_area: bool = False) -> Any:
    """One row a part (one in all without `by`): a column for each breakdown, and the counts or amounts of the measure.

    `by_area` gives these for each district apart (`area`, 0 outside any), so that they can be kept apart.
    """
    if indicator.measure in (Measure.SHARE, Measure.COUNT):
        if by and set(by) <= set(ABOVE) and "place_id" in rows.columns:
            rows = _by_place(rows)
        return _grouped(rows, by, by_area).aggregate(**_counts(rows))
    if indicator.measure is Measure.RATIO:
        known = rows.amount.notnull() & rows.of.notnull()
        return _grouped(rows, by, by_area).aggregate(
            amount=rows.amount.sum(where=known),
            of=rows.of.sum(where=known),
            known=rows.count(where=known),
            asked=rows.count(),
        )
    times = rows.times.sum().cast("int64") if "times" in rows.columns else rows.count()
    if by and set(by) <= set(ABOVE):
        return _by_nearest(rows, by, by_area, times)
    return rows.group_by(**_parts(rows, by, by_area), amount=rows.amount).aggregate(times=times)


def _by_nearest(rows: Any, by: Sequence[str], by_area: bool, times: Any) -> Any:
    """The amounts of each district, and of each region outside any: two keys, because each key of a group costs."""
    grouped = rows.group_by(nearest=rows.district_id.coalesce(rows.region_id), amount=rows.amount)
    found = grouped.aggregate(district_id=rows.district_id.max(), region_id=rows.region_id.max(), times=times)
    return found.select(**_parts(found, by, by_area), amount=found.amount, times=found.times)


def _by_place(rows: Any) -> Any:
    """The counts of each place: rows come place by place, so that no database has to sort them all by district."""
    above = {name: rows[name].max() for name in map(BREAKDOWNS.__getitem__, ABOVE) if name in rows.columns}
    return rows.group_by("place_id").aggregate(**above, **_counts(rows))


def _counts(rows: Any) -> dict[str, Any]:
    if "met" in rows.columns:
        # What is never empty is not asked for: where it is looked up, a database would look it up once more.
        known = rows.count(where=rows.met.notnull()) if rows.met.type().nullable else rows.count()
        return {"n": rows.count(where=rows.met), "of": known, "asked": rows.count()}
    return {name: rows[name].sum().coalesce(0).cast("int64") for name in ("n", "of", "asked")}  # no row: nobody


def _grouped(rows: Any, by: Sequence[str], by_area: bool) -> Any:
    group = _parts(rows, by, by_area)
    return rows.group_by(**group) if group else rows


def _parts(rows: Any, by: Sequence[str], by_area: bool) -> dict[str, Any]:
    group = {name: rows[BREAKDOWNS[name]] for name in by}
    if by_area:
        group["area"] = rows["district_id"].coalesce(OUTSIDE).cast("int64")
    return group


def records(indicator: Indicator, rows: Any) -> Any:
    """The rows themselves: what a figure opens to (`behind` puts them in order)."""
    names = [name for name in ("record", *sorted(set(BREAKDOWNS.values())), "person_id", "met", "amount", "of")]
    kept = [name for name in names if name in rows.columns]
    return rows.select(*kept)
