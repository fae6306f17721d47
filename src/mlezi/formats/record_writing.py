"""Fills a form's blank record with answers: the XML a phone would send. Evaluates no expression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from mlezi.formats.xform_reading import JR

Answers = Mapping[str, Any]  # name → text, a mapping for a group, a sequence of mappings for a repeat


class Blank:
    """An empty record of one form version, read once and filled as often as one likes."""

    def __init__(self, xform: bytes) -> None:
        page = etree.fromstring(xform)
        self._root = _plain(next(page.iter("{http://www.w3.org/2002/xforms}instance"))[0])
        self._templates = _take_repeats(self._root)

    def filled(self, answers: Answers, *, instance_id: str, replaces: str = "") -> bytes:
        """The record with these answers. A name is looked for at its place or anywhere below it.

        A repeat is a list of mappings. Calculated values must be given. What is not answered stays empty;
        a repeat that is not mentioned has no rows. `replaces` makes it an edit of that instance.
        Raises `KeyError` for a name that the form does not have.
        """
        root = deepcopy(self._root)
        _fill(root, answers, self._templates)
        meta = next(element for element in root.iter() if element.tag == "meta")
        next(meta.iter("instanceID")).text = instance_id
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
