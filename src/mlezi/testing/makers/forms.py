"""Forms and filled records for tests.

version = forms.published(world.programme, '''
    | survey |
    |        | type | name | label | bind::mlezi:as |
    |        | date | day  | Day   | encounter.date |
''', form_id="visit")
xml = forms.record(version, {"day": "2026-03-02"})
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from textwrap import dedent
from typing import Any
from uuid import uuid4

from lxml import etree

from mlezi.formats import xlsform
from mlezi.formats.xform_reading import JR
from mlezi.instruments.models import Form, FormVersion
from mlezi.programmes.models import Programme
from mlezi.testing.cast import MORNING

Answers = Mapping[str, Any]  # name → text, a mapping for a group, a sequence of mappings for a repeat


def source(markdown: str) -> bytes:
    return dedent(markdown).strip().encode()


def published(
    programme: Programme,
    markdown: str,
    *,
    form_id: str = "visit",
    at: datetime = MORNING,
    purpose: str = "",
) -> FormVersion:
    """The Markdown table as a published version. `form_id` holds unless the table's settings name one."""
    content = source(markdown)
    made = xlsform.convert(content, f"{form_id}.md")
    form, _ = Form.objects.get_or_create(
        programme=programme, form_id=made.form_id, defaults={"title": {"en": made.title}, "purpose": purpose}
    )
    return FormVersion.objects.create(
        form=form,
        version=made.version,
        xml=made.xml,
        md5=hashlib.md5(made.xml, usedforsecurity=False).hexdigest(),
        source=content,
        source_name=f"{form_id}.md",
        languages=made.languages,
        meanings=made.meanings,
        warnings=[warning.as_dict() for warning in made.warnings],
        clients=["field", "collect"],
        published_at=at,
        published_by_name="Chiku",
    )


def record(
    form: FormVersion | bytes,
    answers: Answers,
    *,
    instance_id: str = "",
    replaces: str = "",
) -> bytes:
    """What a phone would send for these answers. A name is looked for at its place or anywhere below it.

    A repeat is a list of mappings. No expression is evaluated: give calculated values yourself. What is
    not answered stays empty; a repeat that is not mentioned has no rows. Raises `KeyError` for a name
    that the form does not have. `replaces` makes it an edit of that instance.
    """
    page = etree.fromstring(form if isinstance(form, bytes) else bytes(form.xml))
    primary = next(page.iter("{http://www.w3.org/2002/xforms}instance"))[0]
    root = _plain(primary)
    templates = _take_repeats(root)
    _fill(root, answers, templates)
    meta = next(element for element in root.iter() if element.tag == "meta")
    next(meta.iter("instanceID")).text = instance_id or f"uuid:{uuid4()}"
    if replaces:
        etree.SubElement(meta, "deprecatedID").text = replaces
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _plain(element: Any) -> Any:
    """A copy without namespaces, as phones send it."""
    copy = etree.Element(etree.QName(element).localname, {k: v for k, v in element.attrib.items() if "}" not in k})
    if element.get(f"{JR}template") is not None:
        copy.set("template", "")
    copy.text = element.text
    copy.extend([_plain(child) for child in element])
    return copy


def _take_repeats(root: Any) -> dict[tuple[str, str], Any]:
    """Take the repeats' templates and first rows out; (parent's path, name) → template."""
    templates = {}
    tree = root.getroottree()
    for element in [e for e in root.iter() if e.get("template") is not None]:
        parent = element.getparent()
        if parent is None:
            continue
        for row in parent.findall(element.tag):
            parent.remove(row)
        element.attrib.pop("template")
        templates[(tree.getpath(parent).split("[")[0], element.tag)] = element
    return templates


def _fill(place: Any, answers: Answers, templates: dict[tuple[str, str], Any]) -> None:
    for name, value in answers.items():
        if isinstance(value, Sequence) and not isinstance(value, str):
            _fill_repeat(place, name, value, templates)
            continue
        found = place.find(name) if place.find(name) is not None else next(_below(place, name), None)
        if found is None:
            raise KeyError(f"the form has no {name} under {place.tag}")
        if isinstance(value, Mapping):
            _fill(found, value, templates)
        else:
            found.text = str(value)


def _fill_repeat(place: Any, name: str, rows: Sequence[Answers], templates: dict[tuple[str, str], Any]) -> None:
    path, template = next(
        ((path, template) for (path, tag), template in templates.items() if tag == name), (None, None)
    )
    if path is None:
        raise KeyError(f"the form has no repeat {name}")
    holder = _holder(place, path)
    for answers in rows:
        row = deepcopy(template)
        meta = holder.find("meta")
        holder.insert(holder.index(meta), row) if meta is not None else holder.append(row)
        _fill(row, answers, templates)


def _holder(place: Any, parent_path: str) -> Any:
    """The element under which rows go: `place` itself or the group below it that the path names."""
    last = parent_path.rpartition("/")[2]
    if place.tag == last:
        return place
    found = next(_below(place, last), None)
    return place if found is None else found


def _below(place: Any, name: str) -> Iterator[Any]:
    return (element for element in place.iter(name) if element is not place)
