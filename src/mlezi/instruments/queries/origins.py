"""From any derived row back to the answers it was made from: record, question, and the very bytes.

Nothing is looked up in a table of links: ids are made from records, so making them again finds the way
back. Whoever shows this masks what the viewer may not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.formats.positions import positions
from mlezi.instruments.derivation import reading, register
from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.reading import Readings, Stored
from mlezi.instruments.models import FormVersion, Submission
from mlezi.instruments.vocabulary import TERMS
from mlezi.plumbing.bulk import Table
from mlezi.programmes.models import Programme

OF_A_MEETING = frozenset({"encounter", "participant", "participants"})


@dataclass(frozen=True)
class Answer:
    """One answer in one record. `start` and `end` are offsets into the record's bytes."""

    submission_id: UUID
    form_id: str
    path: str
    key: str
    term: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Origin:
    """A derived row and the answers behind it, strongest source first."""

    kind: str
    id: UUID
    answers: tuple[Answer, ...]


def origin(derived: UUID, *, programme: Programme) -> Origin | None:
    """Where a derived row of the programme comes from; None when there is no such row."""
    for table in register.tables():
        row = table.model._default_manager.filter(pk=derived).values(*table.columns).first()
        if row is None:
            continue
        rows = _records(programme, table, row)
        if not rows:
            return None
        found = tuple(answer for record in rows for answer in _answers(programme, table, record, derived))
        return Origin(table.model.__name__, derived, found)
    return None


def _records(programme: Programme, table: Table, row: dict[str, Any]) -> list[Stored]:
    """The current records that a row can come from."""
    if "submission_id" in row or table.by_submission:
        found = reading.stored(programme=programme, pk=row.get("submission_id") or row[table.owner])
    else:
        found = reading.stored(programme=programme, encounter_uid=row[table.owner])
    return [record for record in found if record.speaks]


def _answers(programme: Programme, table: Table, record: Stored, derived: UUID) -> Iterator[Answer]:
    facts = Readings(reading.readers_for([record])).of(record)
    if facts is None:
        return
    made_it = [fact for fact in facts if derived in _ids(programme.uid, record.root_id, fact)]
    if not made_it:
        made_it = list(_about(table, facts))
    version = FormVersion.objects.filter(pk=record.form_version_id or 0).values_list("meanings", flat=True).first()
    where = positions(record.xml, repeats=(version or {}).get("repeats", ()))
    for fact in made_it:
        span = where.get(f"{fact.group}/{fact.path.rpartition('/')[2]}")
        if span:
            yield Answer(record.id, record.form_id, fact.path, fact.key, fact.term, fact.value, span.start, span.end)


def _ids(namespace: UUID, root_id: str, fact: Fact) -> set[UUID]:
    """Every id that derivers make from one answer: of the question, or of one of its choices."""
    words = {"", fact.argument, *fact.value.split()} | {word[:60] for word in fact.value.split()}
    words |= {str(uid) for word in fact.value.split() if (uid := answers.uid(word))}
    plain = (namespace, root_id, fact.path, fact.key)
    return {derived_id(*plain), *(derived_id(*plain, word) for word in words)}


def _about(table: Table, facts: Iterable[Fact]) -> Iterator[Fact]:
    """For rows that many answers make together: all answers about the same thing."""
    of_practice = table.model.__name__ == "Practice"
    for fact in facts:
        about = TERMS[fact.term].about if fact.term in TERMS else ""
        if about == ("practice" if of_practice else "encounter") or (not of_practice and about in OF_A_MEETING):
            yield fact


def content(answer: Answer) -> bytes:
    """The bytes of the answer, as they came."""
    xml = bytes(Submission.objects.values_list("xml", flat=True).get(pk=answer.submission_id))
    return xml[answer.start : answer.end]
