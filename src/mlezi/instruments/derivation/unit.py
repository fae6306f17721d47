"""What a deriver is given, and where it puts what it found. No database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from mlezi.formats.facts import Fact, Facts
from mlezi.plumbing.bulk import Row, Table


@dataclass(frozen=True, slots=True)
class Source:
    """One current submission. `kind` is how it came: collect, field, web, paper, file."""

    id: UUID
    form_id: str
    root_id: str
    kind: str
    sender_id: int | None
    received_at: datetime
    device_time_at: datetime | None
    facts: Facts


class Met(NamedTuple):
    """Somebody whom a mentor met for the first time and named on the phone."""

    uid: UUID
    name: str
    cadre: str
    phone: str
    place_id: int | None
    on: date | None
    submission_id: UUID


class Awaits(NamedTuple):
    """Something a submission names that is not known here yet."""

    submission_id: UUID
    kind: str
    value: str


@dataclass(slots=True)
class Unit:
    """Records that are derived together, and what came of them."""

    uid: UUID | None  # the encounter's; None for a record about no encounter
    sources: tuple[Source, ...]
    rows: dict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))
    flags: dict[UUID, dict[tuple[str, str, str], None]] = field(default_factory=lambda: defaultdict(dict))
    awaited: set[Awaits] = field(default_factory=set)
    met: dict[UUID, Met] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)  # what a lower deriver left for a higher one

    def put(self, table: Table, **values: Any) -> None:
        self.rows[table].append(table.row(**values))

    def flag(self, source: Source, fact: Fact, rule: str) -> None:
        """Mark one answer as breaking a rule; everything else stands. Rules are in `rules`."""
        self.flags[source.id][fact.path, fact.key, rule] = None

    def awaits(self, source: Source, kind: str, value: object) -> None:
        self.awaited.add(Awaits(source.id, kind, str(value)[:200]))

    def flags_of(self, submission_id: UUID) -> list[dict[str, str]]:
        marks: Iterable[tuple[str, str, str]] = sorted(self.flags.get(submission_id, ()))
        return [{"path": path, "key": key, "rule": rule} for path, key, rule in marks]
