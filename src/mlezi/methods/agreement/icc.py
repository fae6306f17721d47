"""Agreement of raters on a number, such as an observed skill score: intraclass correlations, named by model.

"1": every object has its own raters. "A,1": the same raters rate all, absolute agreement. "C,1": consistency only,
so that a strict rater does not count as disagreement. "k" forms are of the average of the k raters.
Sources: Shrout and Fleiss 1979, Psychol Bull 86:420; McGraw and Wong 1996, Psychol Methods 1:30 (intervals).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import fdtri

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.means import is_constant
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note
from mlezi.methods.statistics.values import Numbers, Value, table

Kind = Literal["1", "A,1", "C,1", "1,k", "A,k", "C,k"]


@dataclass(frozen=True)
class _Squares:
    """Mean squares of objects by raters: rows, columns, error, within rows."""

    n: int
    k: int
    rows: float
    columns: float
    error: float
    within: float


def intraclass(
    objects: Sequence[Iterable[Value]],
    *,
    kind: Kind = "A,1",
    level: float = 0.95,
    estimand: str | None = None,
) -> Estimate:
    """ICC of `objects`: one row per rated object, one place per rater; rows with a gap are left out and counted.

    `numbers`: raters, ms_rows, ms_columns, ms_error, ms_within, f. Empty below two complete objects or two raters.
    """
    check_level(level)
    method, variant = f"Intraclass correlation ICC({kind})", "complete rows; McGraw-Wong interval"
    if kind not in ("1", "A,1", "C,1", "1,k", "A,k", "C,k"):
        raise ValueError(f"unknown kind of intraclass correlation {kind!r}")
    estimand = estimand or ("Agreement of single ratings" if kind.endswith("1") else "Agreement of the raters' average")
    all_rows = table(objects, what="rating")
    asked = len(objects)
    rows = all_rows[~np.isnan(all_rows).any(axis=1)] if all_rows.size else np.empty((0, 0))
    n = len(rows)
    reason = _why_not(rows, asked)
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, variant=variant, n_used=n, n_eligible=asked, level=level)
    squares = _squares(rows)
    if kind == "A,k" and squares.n * squares.rows + squares.columns <= squares.error:
        reason = note("not_defined", why="the raters contradict each other more than the rated differ")
        return empty(reason, estimand=estimand, method=method, variant=variant, n_used=n, n_eligible=asked, level=level)
    single = _single(squares, kind[0])
    low, high = _interval(squares, kind[0], single, level)
    notes: tuple[Note, ...] = (note("few", n=n, needed=FEW),) if n < FEW else ()
    notes += (note("perfect"),) if low is None else ()
    point = single
    if kind.endswith("k"):
        point = _of_average(squares, kind[0])
        if low is not None and 1 + (squares.k - 1) * low <= 0:
            notes += (note("bound_open", side="lower"),)
        low, high = (None if end is None else _stepped_up(end, squares.k) for end in (low, high))
    against = squares.within if kind[0] == "1" else squares.error
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n,
        n_eligible=asked,
        point=point,
        low=low,
        high=high,
        level=level,
        warnings=notes + missing_note(n, asked),
        numbers={
            "raters": squares.k,
            "ms_rows": squares.rows,
            "ms_columns": squares.columns,
            "ms_error": squares.error,
            "ms_within": squares.within,
        }
        | ({"f": squares.rows / against} if against > 0 else {}),
    )


def _squares(rows: Numbers) -> _Squares:
    n, k = rows.shape
    everything = float(rows.mean())
    of_rows = k * float(((rows.mean(axis=1) - everything) ** 2).sum())
    of_columns = n * float(((rows.mean(axis=0) - everything) ** 2).sum())
    rest = rows - rows.mean(axis=1, keepdims=True) - rows.mean(axis=0, keepdims=True) + everything
    within = float(((rows - rows.mean(axis=1, keepdims=True)) ** 2).sum())
    noise = 1e-20 * max(1.0, float((rows**2).sum()))
    squares = [0.0 if part < noise else part for part in (of_columns, float((rest**2).sum()), within)]
    return _Squares(
        n=n,
        k=k,
        rows=of_rows / (n - 1),
        columns=squares[0] / (k - 1),
        error=squares[1] / ((n - 1) * (k - 1)),
        within=squares[2] / (n * (k - 1)),
    )


def _single(s: _Squares, model: str) -> float:
    if model == "1":
        return (s.rows - s.within) / (s.rows + (s.k - 1) * s.within)
    if model == "C":
        return (s.rows - s.error) / (s.rows + (s.k - 1) * s.error)
    return (s.rows - s.error) / (s.rows + (s.k - 1) * s.error + s.k / s.n * (s.columns - s.error))


def _of_average(s: _Squares, model: str) -> float:
    if model == "1":
        return (s.rows - s.within) / s.rows
    if model == "C":
        return (s.rows - s.error) / s.rows
    return (s.rows - s.error) / (s.rows + (s.columns - s.error) / s.n)


def _interval(s: _Squares, model: str, single: float, level: float) -> tuple[float | None, float | None]:
    """The interval of the single-rating form; None where the raters agree wholly and there is no error to go by."""
    upper = 0.5 + level / 2
    error, df2 = (s.within, s.n * (s.k - 1)) if model == "1" else (s.error, (s.n - 1) * (s.k - 1))
    if error <= 0:
        return None, None
    if model == "A":
        return _absolute_interval(s, single, upper)
    f = s.rows / error
    low, high = f / float(fdtri(s.n - 1, df2, upper)), f * float(fdtri(df2, s.n - 1, upper))
    return (low - 1) / (low + s.k - 1), (high - 1) / (high + s.k - 1)


def _absolute_interval(s: _Squares, single: float, upper: float) -> tuple[float, float]:
    n, k = s.n, s.k
    single = max(single, 0.0)  # a negative estimate stands for no shared variance; weights below zero have no meaning
    a = k * single / (n * (1 - single))
    b = 1 + k * single * (n - 1) / (n * (1 - single))
    parts = (a * s.columns) ** 2 / (k - 1) + (b * s.error) ** 2 / ((n - 1) * (k - 1))
    df = (a * s.columns + b * s.error) ** 2 / parts
    both = k * s.columns + (k * n - k - n) * s.error
    below, above = float(fdtri(n - 1, df, upper)), float(fdtri(df, n - 1, upper))
    low = n * (s.rows - below * s.error) / (below * both + n * s.rows)
    high = n * (above * s.rows - s.error) / (both + n * above * s.rows)
    return low, high


def _stepped_up(single: float, k: int) -> float | None:
    """Spearman and Brown: from one rater to the average of k; None where a negative single has no such average."""
    if 1 + (k - 1) * single <= 0:
        return None
    return k * single / (1 + (k - 1) * single)


def _why_not(rows: Numbers, asked: int) -> Note | None:
    if len(rows) == 0:
        return nothing_used(asked)
    if min(rows.shape) < 2:
        return note("too_few_for_estimate", n=f"{rows.shape[0]} object(s) by {rows.shape[1]} rater(s)", needed="2 by 2")
    return note("no_variation") if is_constant(rows.mean(axis=1)) else None
