"""The stable columns that every indicator, report and study reads.

Each dataset is one function from raw tables to a wide table: an indicator needs no join to reach scope
(`programme_id`, `path`) or period (a local day). The schema is the contract: stored copies hold exactly
these columns. Nobody's name or contact is in here.

Whatever is looked up by a key is joined with LEFT JOIN, although it is always there: both planners drop
such a join from a statement that uses none of its columns.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

import ibis

from mlezi.evaluation import raw
from mlezi.evaluation.datasets import meetings, outcomes, people, progress, rolled_up, sites, surveys
from mlezi.evaluation.datasets.where import Raw, Table


class Datasets(Mapping[str, Table]):
    """Datasets by name, each built when first asked for. `live` reads a database, `stored` a copy."""

    def __init__(self, make: Callable[[str], Table], names: tuple[str, ...]) -> None:
        self._make = functools.cache(make)
        self._names = names

    def __getitem__(self, name: str) -> Table:
        if name not in self._names:
            raise KeyError(name)
        return self._make(name)

    def __getattr__(self, name: str) -> Table:
        if name not in self._names:
            raise AttributeError(f"there is no dataset {name!r}")
        return self._make(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@functools.cache
def live(vendor: str) -> Datasets:
    """The datasets over the tables of a database, "sqlite" or "postgresql"."""
    tables = raw.tables(vendor)
    return Datasets(lambda name: DATASETS[name](tables), tuple(DATASETS))


@functools.cache
def stored() -> Datasets:
    """The same datasets as tables of their own name, as a copy holds them for DuckDB."""
    shapes = live("postgresql")
    return Datasets(lambda name: ibis.table(shapes[name].schema(), name=name), tuple(DATASETS))


DATASETS: Mapping[str, Callable[[Raw], Table]] = {
    function.__name__: function
    for function in (
        sites.places,
        sites.sites,
        meetings.encounters,
        meetings.attendances,
        meetings.topics,
        progress.curriculum,
        progress.ratings,
        progress.rating_levels,
        progress.needs,
        progress.actions,
        people.memberships,
        people.posts,
        people.post_days,
        people.pairings,
        meetings.planned,
        meetings.practices,
        meetings.sample_checks,
        sites.submissions,
        people.devices,
        sites.site_figures,
        surveys.responses,
        surveys.scores,
        surveys.invitations,
        outcomes.outcomes,
        outcomes.spells,
        rolled_up.person_months,
        rolled_up.person_years,
        rolled_up.person_totals,
        rolled_up.last_seen,
        rolled_up.meeting_months,
        rolled_up.rating_spells,
        rolled_up.level_cube,
        rolled_up.level_months,
    )
}
