"""Submissions as derivers see them: loaded, read once, and sorted into units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from mlezi.formats.facts import Facts, Reader, Unreadable
from mlezi.instruments.derivation.unit import Source, Unit
from mlezi.instruments.models import FormVersion, Submission
from mlezi.plumbing.bulk import chunks

COLUMNS = (
    "id",
    "form_id",
    "form_version_id",
    "root_id",
    "is_current",
    "xml",
    "received_at",
    "device_time_at",
    "sender_id",
    "source",
    "state",
    "encounter_uid",
    "derived_with",
    "flags",
    "trouble",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """One submission row, as far as the derivation needs it."""

    id: UUID
    form_id: str
    form_version_id: int | None
    root_id: str
    is_current: bool
    xml: bytes
    received_at: Any
    device_time_at: Any
    sender_id: int | None
    source: str
    state: str
    encounter_uid: UUID | None
    derived_with: int
    flags: list[dict[str, str]]
    trouble: str

    @property
    def chain(self) -> tuple[str, str]:
        """What an edit and what it replaces have in common."""
        return self.form_id, self.root_id

    @property
    def speaks(self) -> bool:
        """Whether it may mean anything: the newest of its edits, of a known form, not set aside."""
        return self.is_current and self.form_version_id is not None and self.state != Submission.State.SET_ASIDE


@dataclass(slots=True)
class Readings:
    """What records say, each read at most once; `troubles` are those that could not be read."""

    readers: dict[int, Reader]
    facts: dict[UUID, Facts] = field(default_factory=dict)
    troubles: dict[UUID, str] = field(default_factory=dict)

    def of(self, stored: Stored) -> Facts | None:
        if stored.id in self.facts:
            return self.facts[stored.id]
        if stored.form_version_id is None or stored.id in self.troubles:
            return None
        try:
            facts = self.readers[stored.form_version_id].read(stored.xml)
        except Unreadable as error:
            self.troubles[stored.id] = str(error)
            return None
        self.facts[stored.id] = facts
        return facts


def stored(**where: Any) -> list[Stored]:
    rows = Submission.objects.filter(**where).order_by("id").values_list(*COLUMNS)
    return [_stored(row) for row in rows]


def _stored(row: tuple[Any, ...]) -> Stored:
    values = list(row)
    values[COLUMNS.index("xml")] = bytes(values[COLUMNS.index("xml")])  # PostgreSQL gives a memoryview
    return Stored(*values)


def readers_for(rows: Iterable[Stored]) -> dict[int, Reader]:
    """Readers of the form versions these records were made with."""
    wanted = sorted({row.form_version_id for row in rows if row.form_version_id is not None})
    found: dict[int, Reader] = {}
    for some in chunks(wanted):
        for pk, md5, meanings in FormVersion.objects.filter(pk__in=some).values_list("pk", "md5", "meanings"):
            found[pk] = _reader(md5, _frozen(meanings))
    return found


def _frozen(meanings: Mapping[str, Any]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    questions = meanings.get("questions", {})
    said = ((path, str(meaning.get("as", ""))) for path, meaning in questions.items())
    return tuple(sorted(said)), tuple(meanings.get("repeats", ()))


@lru_cache(maxsize=512)
def _reader(md5: str, frozen: tuple[tuple[tuple[str, str], ...], tuple[str, ...]]) -> Reader:
    questions, repeats = frozen
    return Reader({"questions": {path: {"as": said} for path, said in questions}, "repeats": repeats})


def units(rows: Sequence[Stored], readings: Readings) -> list[tuple[Unit, list[Stored]]]:
    """Records grouped by encounter; a record about none stands alone with its own earlier edits."""
    groups: dict[object, list[Stored]] = defaultdict(list)
    for row in rows:
        groups[row.encounter_uid or row.chain].append(row)
    made = []
    for name, members in groups.items():
        uid = name if isinstance(name, UUID) else None
        sources = [source(row, facts) for row in members if row.speaks and (facts := readings.of(row)) is not None]
        sources.sort(key=lambda one: (one.form_id, one.root_id))
        made.append((Unit(uid, tuple(sources)), members))
    return made


def source(row: Stored, facts: Facts) -> Source:
    return Source(
        row.id, row.form_id, row.root_id, row.source, row.sender_id, row.received_at, row.device_time_at, facts
    )
