"""The terms of a score laid out for `tiles`: float32 rows over all mentors, sparse needs, bit masks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import Ints, Masks, Reals
from .scoring import Scorer
from .terms import Table


@dataclass(frozen=True)
class Packed:
    """`order`: mentees so that those of the same site follow each other.

    `direct` (kinds, mentors) with `direct_rows` (tables, mentees): one row of points for each kind of mentee.
    `wide` flat, with `wide_at`, `wide_width` (tables,), `wide_rows` (tables, mentees), `wide_cols` (tables, mentors):
    tables too large for that. `part_*`: needs as sparse rows over `levels` (features, mentors). `bit_*`: masks as
    (terms, low and high half, people).
    """

    order: Ints
    base: Reals
    direct: Reals
    direct_rows: Ints
    wide: Reals
    wide_at: Ints
    wide_width: Ints
    wide_rows: Ints
    wide_cols: npt.NDArray[np.int32]
    part_starts: Ints
    part_of: Ints
    part: Reals
    levels: Reals
    bit_rows: npt.NDArray[np.uint32]
    bit_cols: npt.NDArray[np.uint32]
    bit_unit: Reals
    bit_most: npt.NDArray[np.int32]
    bit_least: npt.NDArray[np.int32]

    def arrays(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def pack(scorer: Scorer) -> Packed:
    n, m = scorer.n_mentees, scorer.n_mentors
    plain = np.arange(m)
    direct = [t for t in scorer.tables if len(t.cols) == t.points.shape[1] and np.array_equal(t.cols, plain)]
    wide = [t for t in scorer.tables if not any(t is other for other in direct)]
    order = np.argsort(wide[0].rows, kind="stable") if wide else np.arange(n)
    starts, part_of, part, levels = _needs(scorer)
    base = sum((s.base for s in scorer.shared), np.zeros(n, dtype=np.int64))
    base = sum((f.base for f in scorer.features), base)
    return Packed(
        order=order.astype(np.int64),
        base=base.astype(np.float32),
        direct=_stack([t.points for t in direct], (0, m), np.float32, np.concatenate),
        direct_rows=_stack(_shifted(direct), (0, n), np.int64, np.stack),
        wide=_stack([t.points.ravel() for t in wide], (0,), np.float32, np.concatenate),
        wide_at=np.cumsum([0] + [t.points.size for t in wide])[:-1].astype(np.int64),
        wide_width=np.array([t.points.shape[1] for t in wide], dtype=np.int64),
        wide_rows=_stack([t.rows for t in wide], (0, n), np.int64, np.stack),
        wide_cols=_stack([t.cols for t in wide], (0, m), np.int32, np.stack),
        part_starts=starts,
        part_of=part_of,
        part=part,
        levels=levels,
        bit_rows=_planes([s.rows for s in scorer.shared], n),
        bit_cols=_planes([s.cols for s in scorer.shared], m),
        bit_unit=_stack([s.unit for s in scorer.shared], (0, n), np.float32, np.stack),
        bit_most=_stack([s.most for s in scorer.shared], (0, n), np.int32, np.stack),
        bit_least=_stack([s.least for s in scorer.shared], (0, n), np.int32, np.stack),
    )


def _stack(parts: list[Any], empty: tuple[int, ...], dtype: Any, join: Any) -> npt.NDArray[Any]:
    return np.ascontiguousarray(join(parts), dtype=dtype) if parts else np.zeros(empty, dtype=dtype)


def _planes(masks: list[Masks], n: int) -> npt.NDArray[np.uint32]:
    """64-bit masks as halves of 32 bits, which the processor counts twice as fast."""
    low = np.uint64(0xFFFFFFFF)
    halves = [np.stack([mask & low, mask >> np.uint64(32)]) for mask in masks]
    return np.ascontiguousarray(np.stack(halves), dtype=np.uint32) if masks else np.zeros((0, 2, n), np.uint32)


def _shifted(tables: list[Table]) -> list[Ints]:
    """Rows of each table as rows of all tables below one another."""
    offsets = np.cumsum([0] + [len(t.points) for t in tables])
    return [t.rows + offset for t, offset in zip(tables, offsets[:-1], strict=True)]


def _needs(scorer: Scorer) -> tuple[Ints, Ints, Reals, Reals]:
    """All features as one sparse matrix: (starts, which level, points), and the levels."""
    if not scorer.features:
        none = np.zeros(0, dtype=np.int64)
        return (
            np.zeros(scorer.n_mentees + 1, dtype=np.int64),
            none,
            none.astype(np.float32),
            np.zeros((0, scorer.n_mentors), dtype=np.float32),
        )
    parts = np.concatenate([f.parts for f in scorer.features], axis=1)
    levels = np.concatenate([f.levels for f in scorer.features], axis=0)
    mentee, which = np.nonzero(parts)
    starts = np.searchsorted(mentee, np.arange(scorer.n_mentees + 1)).astype(np.int64)
    return (
        starts,
        which.astype(np.int64),
        parts[mentee, which].astype(np.float32),
        np.ascontiguousarray(levels, dtype=np.float32),
    )
