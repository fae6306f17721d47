"""How a measure is distributed in everybody and in each group, counted where the data lie: no row leaves the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from ibis import _
from numpy.typing import NDArray

from mlezi.studies.data import Columns, Data
from mlezi.studies.measures import Numbers, Table, Trouble, grouped, is_picked, odd_names, per_person, total
from mlezi.studies.plan import Comparison, Measure, Time


@dataclass(frozen=True)
class Tally:
    """How often each value occurs in one group; `people` are all eligible in it, `missing` have no value."""

    values: Numbers
    times: NDArray[np.int64]
    people: int
    trouble: Trouble

    @property
    def spread_out(self) -> Numbers:
        """Every value as often as it occurs."""
        return np.repeat(self.values, self.times)

    @property
    def with_gaps(self) -> Numbers:
        """The same with a gap for everybody who has no value."""
        return np.concatenate([self.spread_out, np.full(self.people - int(self.times.sum()), np.nan)])


@dataclass(frozen=True)
class Tallies:
    """The distribution in everybody (None when nobody is eligible), and in each group of a comparison."""

    whole: Tally | None
    parts: Mapping[str, Tally]


def tallies(data: Data, measure: Measure, time: Time | None, comparison: Comparison | None = None) -> Tallies:
    """How a measure is distributed, counted where the data lie: one statement for everybody and for each group."""
    found = data.read(_counted(data, measure, time, comparison, alone=True))
    if is_picked(measure, words=False) and total(found["rows"]):
        found = data.read(_counted(data, measure, time, comparison, alone=False))
    sides = sorted({str(one) for one in found["side"] if one is not None}) if comparison else []
    whole = _tally(found, np.ones(len(found["n"]), dtype=bool)) if len(found["n"]) else None
    return Tallies(whole, {side: _tally(found, found["side"] == side) for side in sides})


def _counted(data: Data, measure: Measure, time: Time | None, comparison: Comparison | None, *, alone: bool) -> Table:
    """How often each value occurs in each group, with how much was odd."""
    people = grouped(data, comparison)
    one = per_person(data, measure, time, alone=alone)
    joined = people.left_join(one, people.participant == one.participant)
    value = joined.value.cast("float64")
    if measure.of == "sessions":
        value = value.fill_null(0.0)
    odd = odd_names(measure, words=False)
    counted = joined.select(joined.side, *(joined[name] for name in odd), v=value).group_by("side", "v")
    sums = {name: (_.rows > 1).sum() if name == "rows" else _[name].sum() for name in odd}
    return counted.aggregate(n=_.count(), **sums).order_by("side", "v")


def _tally(found: Columns, here: Any) -> Tally:
    known = here & ~np.isnan(found["v"].astype(float))
    values, place = np.unique(found["v"][known].astype(float), return_inverse=True)
    times = np.zeros(values.size, dtype=np.int64)
    np.add.at(times, place, found["n"][known].astype(np.int64))
    odd = Trouble(*(total(found[name][here]) if name in found else 0 for name in ("rows", "text", "outside")))
    return Tally(values, times, people=int(found["n"][here].sum()), trouble=odd)
