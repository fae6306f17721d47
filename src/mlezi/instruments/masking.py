"""A record with what somebody may not read masked, by the meanings that its form declares.

Coaching words stay with the pair, ratings with the person and their mentor, names and contacts with those who
may see people. A question without a meaning is for those who may see form records.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from mlezi.formats.differences import differences
from mlezi.instruments.models import FormVersion
from mlezi.instruments.vocabulary import is_of_the_pair, read, terms_of
from mlezi.programmes.models import Programme

MASK = "▒▒▒▒"
OPEN = {"key", "encounter", "encounter.planned"}
OFFICE = frozenset({"people", "others"})  # what somebody may read who puts records in order


def masked(
    xml: bytes, meanings: dict[str, Any], allowed: set[str] | frozenset[str]
) -> tuple[list[dict[str, Any]], str]:
    """Each answer with its path, and the record's text, both with what may not be read masked."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_blank_text=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(xml, parser)
    questions, among = meanings.get("questions", {}), terms_of(meanings)
    answers = []
    for one in root.iter(etree.Element):
        if (one.tail or "").strip():
            one.tail = MASK  # no form writes there
        if not (one.text or "").strip():
            continue
        path = _path(one)
        term = read(questions.get(path, {}).get("as", ""))[0]
        hide = not may_read(path, term, allowed, among)
        if hide:
            one.text = MASK
        answers.append({"path": path, "term": term, "value": one.text, "is_masked": hide})
    return answers, etree.tostring(root, pretty_print=True, encoding="unicode")


def for_the_office(
    xml: bytes, programme: Programme, form_id: str, version: FormVersion | None = None
) -> tuple[str, bool]:
    """The text of a record that waits for somebody, and whether something in it is masked.

    One whose version nobody published is read with the newest meanings of its form. Bytes that are no record
    cannot be masked: they are shown as they came, since somebody has to look at them.
    """
    if version is None:
        version = FormVersion.objects.filter(form__programme=programme, form__form_id=form_id).first()
    try:
        answers, text = masked(xml, version.meanings if version else {}, OFFICE)
    except (etree.XMLSyntaxError, ValueError):
        return xml.decode("utf-8", "replace"), False
    return text, any(one["is_masked"] for one in answers)


def apart(one: bytes, other: bytes, programme: Programme, form_id: str) -> list[Any]:
    """Where two records differ, as far as the office may read them."""
    return differences(*(for_the_office(xml, programme, form_id)[0].encode() for xml in (one, other)))


def may_read(path: str, term: str, allowed: set[str] | frozenset[str], among: frozenset[str] = frozenset()) -> bool:
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
