"""A form record as it came, down to its bytes; what the viewer may not read is masked, and its fingerprint is shown.

Masking follows the meanings its form declares: coaching words stay with the pair, ratings with the person and
their mentor, names and contacts with those who may see people. A question without a meaning is shown only to
those who may see form records.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mlezi.encounters import queries as encounters
from mlezi.instruments.masking import masked
from mlezi.instruments.models import Submission
from mlezi.instruments.queries.reach import within
from mlezi.office import links, problems
from mlezi.office.pictures.asked import Asked
from mlezi.people.models import Person
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of


def found(person: Person, programme: Programme, uid: UUID) -> Submission:
    """The record, if its encounter may be seen, or records of forms in general. Raises `NoSuchRecord`."""
    record = Submission.objects.filter(pk=uid, programme=programme).select_related("form_version", "sender").first()
    if record is None or not _covers(person, programme, record):
        raise problems.NoSuchRecord
    return record


def _covers(person: Person, programme: Programme, record: Submission) -> bool:
    if record.sender_id == person.pk:
        return True
    if record.encounter_uid:
        seen = scope_of(person, P.SEE_ENCOUNTERS, programme=programme)
        if encounters.visible_to(seen).filter(pk=record.encounter_uid).exists():
            return True
    return _reaches(person, P.SEE_SUBMISSIONS, record, programme)


def _reaches(person: Person, permission: P, record: Submission, programme: Programme) -> bool:
    """Whether the part of the tree for which the person holds the permission covers the record."""
    scope = scope_of(person, permission, programme=programme)
    return bool(scope.ranges) and Submission.objects.filter(within(programme, scope), pk=record.pk).exists()


def page(asked: Asked, record: Submission) -> dict[str, Any]:
    allowed = allowances(asked, record)
    answers, text = masked(bytes(record.xml), record.form_version.meanings if record.form_version else {}, allowed)
    return {
        "record": record,
        "answers": answers,
        "text": text,
        "is_masked": any(one["is_masked"] for one in answers),
        "files": record.attachments.order_by("name"),
        "encounter_url": links.encounter(asked.programme, record.encounter_uid) if record.encounter_uid else "",
    }


def allowances(asked: Asked, record: Submission) -> set[str]:
    """What may be read: "all" for whoever sent it; else some of notes, ratings, people, others."""
    if record.sender_id == asked.person.pk:
        return {"all"}
    allowed = set()
    for name, needed in (("people", P.SEE_PEOPLE), ("others", P.SEE_SUBMISSIONS)):
        if _reaches(asked.person, needed, record, asked.programme):
            allowed.add(name)
    return allowed
