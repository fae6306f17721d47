"""A form record as it came, down to its bytes; what the viewer may not read is masked, and its fingerprint is shown.

Masking follows the meanings its form declares: coaching words stay with the pair, ratings with the person and
their mentor, names and contacts with those who may see people. A question without a meaning is shown only to
those who may see form records.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lxml import etree

from mlezi.encounters import queries as encounters
from mlezi.instruments.models import Submission
from mlezi.instruments.vocabulary import is_of_the_pair, read, terms_of
from mlezi.office import links, problems
from mlezi.office.pictures.asked import Asked
from mlezi.people.models import Person
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of

MASK = "▒▒▒▒"
OPEN = {"key", "encounter", "encounter.planned"}


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
        return encounters.visible_to(seen).filter(pk=record.encounter_uid).exists()
    return bool(scope_of(person, P.SEE_SUBMISSIONS, programme=programme).ranges)


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
        if scope_of(asked.person, needed, programme=asked.programme).ranges:
            allowed.add(name)
    return allowed


def masked(xml: bytes, meanings: dict[str, Any], allowed: set[str]) -> tuple[list[dict[str, Any]], str]:
    """Each answer with its path, and the record's text, both with what may not be read masked."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    root = etree.fromstring(xml, parser)
    questions, among = meanings.get("questions", {}), terms_of(meanings)
    answers = []
    for leaf in root.iter(etree.Element):
        if len(leaf) or not (leaf.text or "").strip():
            continue
        path = _path(leaf)
        term = read(questions.get(path, {}).get("as", ""))[0]
        hide = not may_read(path, term, allowed, among)
        if hide:
            leaf.text = MASK
        answers.append({"path": path, "term": term, "value": leaf.text, "is_masked": hide})
    return answers, etree.tostring(root, pretty_print=True, encoding="unicode")


def may_read(path: str, term: str, allowed: set[str], among: frozenset[str] = frozenset()) -> bool:
    if "all" in allowed or term in OPEN or "/meta/" in path:
        return True
    if is_of_the_pair(term, among):
        return False
    if term.startswith("person."):
        return "people" in allowed
    return bool(term) or "others" in allowed


def _path(element: Any) -> str:
    names = [etree.QName(one).localname for one in (element, *element.iterancestors())]
    return "/" + "/".join(reversed(names))
