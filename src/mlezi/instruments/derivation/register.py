"""Who derives what. Rooms above hand themselves in at start-up, through `config/derivers.py`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from mlezi.instruments.derivation.known import Known
from mlezi.instruments.derivation.unit import Unit
from mlezi.plumbing.bulk import Difference, Table
from mlezi.programmes.models import Programme

Changes = Mapping[Table, Difference]


class Deriver(Protocol):
    """Makes rows from one unit. `load` reads the database beforehand; `derive` is pure."""

    name: str

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables it fills; nobody else writes to them."""

    def load(self, known: Known, uids: Sequence[UUID] | None) -> Any:
        """What `derive` will look up, for these encounters or (None) for all of the programme."""

    def derive(self, unit: Unit, known: Known) -> None:
        """Put rows, flags and what is awaited on the unit."""


class Meetings(Protocol):
    """Told by the room that keeps encounter types."""

    def __call__(self, programme: Programme) -> Collection[str]:
        """The ids of forms that feed an encounter."""


class Follower(Protocol):
    """Keeps what depends on many units (spans, rollups) in step, in the same transaction."""

    name: str

    def follow(self, programme: Programme, changes: Changes | None) -> None:
        """Bring up to date what these changes touch; None: everything of the programme."""


_DERIVERS: list[Deriver] = []
_FOLLOWERS: list[Follower] = []
_MEETINGS: list[Meetings] = []


def fill(derivers: Sequence[Deriver], followers: Sequence[Follower], meetings: Meetings) -> None:
    """Hand in everybody once, in the order in which they run."""
    _DERIVERS[:] = derivers
    _FOLLOWERS[:] = followers
    _MEETINGS[:] = [meetings]


def forms_of_meetings(programme: Programme) -> Collection[str]:
    return _MEETINGS[0](programme)


def derivers() -> tuple[Deriver, ...]:
    return tuple(_DERIVERS)


def followers() -> tuple[Follower, ...]:
    return tuple(_FOLLOWERS)


def tables() -> tuple[Table, ...]:
    return tuple(table for deriver in _DERIVERS for table in deriver.tables)
