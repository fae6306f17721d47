"""Submissions as derivers see them: loaded, read once, and sorted into units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q

from mlezi.formats.facts import Facts, Reader, Unreadable
from mlezi.instruments.derivation.unit import Source, Unit
from mlezi.instruments.models import FormVersion, Submission
from mlezi.instruments.queries import few
from mlezi.plumbing.bulk import chunks
from mlezi.programmes.models import Programme

Readers = Mapping[int, Reader]

COLUMNS = (
    "id",
    "form_id",
    "form_version_id",
    "root_id",
    "replaces_id",
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
    replaces_id: str
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
    def is_edit(self) -> bool:
        """Whether other versions of it exist: it replaced one, or was replaced."""
        return bool(self.replaces_id) or not self.is_current

    @property
    def mark(self) -> tuple[UUID, bool]:
        """What must be the same when a derivation is written as when it was read."""
        return self.id, self.speaks

    @property
    def speaks(self) -> bool:
        """Whether it may mean anything: the newest of its edits, of a known form, not set aside."""
        return self.is_current and self.form_version_id is not None and self.state != Submission.State.SET_ASIDE


@dataclass(slots=True)
class Readings:
    """What records say, each read at most once; `troubles` are those that could not be read."""

    readers: Readers
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


def stored(*which: Q, **where: Any) -> list[Stored]:
    rows = Submission.objects.filter(*which, **where).order_by("id").values_list(*COLUMNS)
    return [_stored(row) for row in rows]


def _stored(row: tuple[Any, ...]) -> Stored:
    values = list(row)
    values[COLUMNS.index("xml")] = bytes(values[COLUMNS.index("xml")])  # PostgreSQL gives a memoryview
    return Stored(*values)


def readers_for(rows: Iterable[Stored]) -> dict[int, Reader]:
    """Readers of the form versions these records were made with."""
    found: dict[int, Reader] = {}
    for some in chunks(sorted({row.form_version_id for row in rows if row.form_version_id is not None})):
        found |= _readers(pk__in=some)
    return found


def readers_of(programme: Programme, *, only: frozenset[str] = frozenset()) -> dict[int, Reader]:
    """Readers of all the programme's form versions, for `only` some terms when they are given."""
    return _readers(only, form__programme=programme)


def _readers(only: frozenset[str] = frozenset(), **where: Any) -> dict[int, Reader]:
    rows = FormVersion.objects.filter(**where).values_list("pk", "md5", "meanings")
    return {pk: _reader(md5, _frozen(meanings), only) for pk, md5, meanings in rows}


def _frozen(meanings: Mapping[str, Any]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    questions = meanings.get("questions", {})
    said = ((path, str(meaning.get("as", ""))) for path, meaning in questions.items())
    return tuple(sorted(said)), tuple(meanings.get("repeats", ()))


@lru_cache(maxsize=512)
def _reader(
    md5: str, frozen: tuple[tuple[tuple[str, str], ...], tuple[str, ...]], only: frozenset[str] = frozenset()
) -> Reader:
    questions, repeats = frozen
    said = {path: {"as": term} for path, term in questions}
    return Reader({"questions": said, "repeats": repeats}, only=only)


@dataclass(slots=True)
class Loaded:
    """Records read for one derivation, sorted into units beside the rows that belong to each."""

    rows: list[Stored]
    readings: Readings
    units: list[tuple[Unit, list[Stored]]]


def load(
    programme: Programme, *, uids: Collection[UUID] = (), alone: Collection[UUID] = (), readers: Readers | None = None
) -> Loaded:
    """All records about these encounters, and these records about none with their earlier edits."""
    rows: list[Stored] = []
    for some in chunks(sorted(uids)):
        rows += stored(programme=programme, encounter_uid__in=some)
    if alone:
        rows += _with_edits(programme, alone)
    readings = Readings(readers if readers is not None else readers_for(rows))
    return Loaded(rows, readings, units(rows, readings))


def marks(programme: Programme, *, uids: Collection[UUID] = (), alone: Collection[UUID] = ()) -> set[tuple[UUID, bool]]:
    """The marks of the same records, as they stand now."""
    found: set[tuple[UUID, bool]] = set()
    for name, values in (("encounter_uid__in", uids), ("pk__in", alone)):
        for some in chunks(sorted(values)):
            rows = Submission.objects.filter(programme=programme, **{name: some})
            for pk, is_current, state, version in rows.values_list("pk", "is_current", "state", "form_version_id"):
                found.add((pk, is_current and version is not None and state != Submission.State.SET_ASIDE))
    return found


def _with_edits(programme: Programme, ids: Collection[UUID]) -> list[Stored]:
    rows: list[Stored] = []
    for some in chunks(sorted(ids)):
        rows += stored(programme=programme, pk__in=some, encounter_uid__isnull=True)
    there = {row.id for row in rows}
    for some in chunks(sorted({row.chain for row in rows if row.is_edit})):
        chain = stored(few.edited(programme.pk, some), encounter_uid__isnull=True)
        rows += [row for row in chain if row.id not in there]
    return rows


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
