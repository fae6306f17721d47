"""From an indicator's rows to the tables that figures read: counts, amounts with how often each occurs, records.

Quantiles are not asked of the databases (SQLite has none): they give each amount with its frequency, which
is small, and `methods.statistics` does the arithmetic, exactly alike for every engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlezi.evaluation.indicator import BREAKDOWNS, Indicator, Measure

OUTSIDE = 0


def tidy(indicator: Indicator, rows: Any, by: Sequence[str], *, by_area: bool = False) -> Any:
    """One row a part (one in all without `by`): a column for each breakdown, and the counts or amounts of the measure.

    `by_area` gives these for each district apart (`area`, 0 outside any), so that they can be kept apart.
    """
    group = {name: rows[BREAKDOWNS[name]] for name in by}
    if by_area:
        group["area"] = rows["district_id"].coalesce(OUTSIDE).cast("int64")
    grouped = rows.group_by(**group) if group else rows
    if indicator.measure in (Measure.SHARE, Measure.COUNT) and "met" not in rows.columns:
        return grouped.aggregate(
            **{name: rows[name].sum().coalesce(0).cast("int64") for name in ("n", "of", "asked")}  # no row: nobody
        )
    if indicator.measure in (Measure.SHARE, Measure.COUNT):
        return grouped.aggregate(
            n=rows.count(where=rows.met),
            of=rows.count(where=rows.met.notnull()),
            asked=rows.count(),
        )
    if indicator.measure is Measure.RATIO:
        known = rows.amount.notnull() & rows.of.notnull()
        return grouped.aggregate(
            amount=rows.amount.sum(where=known),
            of=rows.of.sum(where=known),
            known=rows.count(where=known),
            asked=rows.count(),
        )
    times = rows.times.sum().cast("int64") if "times" in rows.columns else rows.count()
    return rows.group_by(**group, amount=rows.amount).aggregate(times=times)


def records(indicator: Indicator, rows: Any) -> Any:
    """The rows themselves: what a figure opens to (`behind` puts them in order)."""
    names = [name for name in ("record", *sorted(set(BREAKDOWNS.values())), "person_id", "met", "amount", "of")]
    kept = [name for name in names if name in rows.columns]
    return rows.select(*kept)
