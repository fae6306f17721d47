"""Cronbach's alpha of a scale with Feldt's interval, and what happens when an item is dropped.

Only people who answered every item count (listwise), and n says so. Reversed items must be turned before.
Sources: Cronbach 1951, Psychometrika 16:297; Feldt 1965, Psychometrika 30:357 (interval).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.means import is_constant
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note
from mlezi.methods.statistics.values import Numbers, Value, table


@dataclass(frozen=True)
class Item:
    """One item of a scale: its correlation with the rest, and alpha without it (None: not defined)."""

    name: str
    rest_r: float | None
    alpha_without: float | None


def alpha(
    items: Mapping[str, Iterable[Value]],
    *,
    level: float = 0.95,
    estimand: str = "Internal consistency of the sum of items (Cronbach's alpha)",
) -> Estimate:
    """Alpha of the items; each list holds the same people in the same order, with gaps.

    `numbers`: items, mean_r (average correlation between items, where all vary), sd_total.
    """
    method, variant = "Cronbach's alpha", "listwise; Feldt interval"
    check_level(level)
    names, rows, asked = complete_rows(items)
    n, k = rows.shape
    reason = why_not(rows, asked, least_items=2)
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, variant=variant, n_used=n, n_eligible=asked, level=level)
    point = raw_alpha(rows)
    tail, df1, df2 = (1 - level) / 2, n - 1, (n - 1) * (k - 1)
    numbers: dict[str, float] = {"items": k, "sd_total": float(np.std(rows.sum(axis=1), ddof=1))}
    if not any(is_constant(column) for column in rows.T):
        r = np.corrcoef(rows.T)
        numbers["mean_r"] = float((r.sum() - k) / (k * (k - 1)))
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n,
        n_eligible=asked,
        point=point,
        low=1 - (1 - point) * float(fdtri(df1, df2, 1 - tail)),
        high=1 - (1 - point) * float(fdtri(df1, df2, tail)),
        level=level,
        warnings=_notes(rows, point, names, asked),
        numbers=numbers,
    )


def items_dropped(items: Mapping[str, Iterable[Value]]) -> tuple[Item, ...]:
    """Every item's correlation with the sum of the others, and alpha without it; in the order given."""
    names, rows, asked = complete_rows(items)
    if why_not(rows, asked, least_items=2) is not None:
        return tuple(Item(name, None, None) for name in names)
    found = []
    for place, name in enumerate(names):
        rest = np.delete(rows, place, axis=1)
        has_alpha = rest.shape[1] >= 2 and not is_constant(rest.sum(axis=1))
        found.append(Item(name, _rest_r(rows[:, place], rest.sum(axis=1)), raw_alpha(rest) if has_alpha else None))
    return tuple(found)


def raw_alpha(rows: Numbers) -> float:
    """Alpha of complete rows, people by items: k / (k - 1) times 1 less the share of the items' own variances."""
    k = rows.shape[1]
    own = float(np.var(rows, axis=0, ddof=1).sum())
    return float(k / (k - 1)) * (1 - own / float(np.var(rows.sum(axis=1), ddof=1)))


def complete_rows(items: Mapping[str, Iterable[Value]]) -> tuple[list[str], Numbers, int]:
    """Item names, rows of people who answered all items, and how many people there were."""
    columns = table(list(items.values()), what="answer")
    if columns.size == 0:
        return list(items), np.empty((0, len(items))), int(columns.shape[1]) if len(items) else 0
    rows = columns.T
    return list(items), rows[~np.isnan(rows).any(axis=1)], int(rows.shape[0])


def why_not(rows: Numbers, asked: int, *, least_items: int) -> Note | None:
    """Why a reliability cannot be had from these rows."""
    n, k = rows.shape
    if k < least_items:
        return note("too_few_for_estimate", n=f"{k} item(s)", needed=f"{least_items} items")
    if n == 0:
        return nothing_used(asked)
    if n < 3:
        return note("too_few_for_estimate", n=n, needed=3)
    return note("no_variation") if is_constant(rows.sum(axis=1)) else None


def _rest_r(item: Numbers, rest: Numbers) -> float | None:
    if is_constant(item) or is_constant(rest):
        return None
    return float(np.corrcoef(item, rest)[0, 1])


def _notes(rows: Numbers, point: float, names: list[str], asked: int) -> tuple[Note, ...]:
    n, k = rows.shape
    notes: tuple[Note, ...] = (note("few", n=n, needed=FEW),) if n < FEW else ()
    if k < 3:
        notes += (note("few_items", n=k),)
    if point < 0:
        notes += (note("negative_alpha"),)
    for place, name in enumerate(names):
        r = _rest_r(rows[:, place], np.delete(rows, place, axis=1).sum(axis=1))
        if r is not None and r < 0:
            notes += (note("negative_item", item=name),)
    return notes + missing_note(n, asked)
