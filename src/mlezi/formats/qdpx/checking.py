"""Holds what we write to the schemas as published (QDA-XML 1.0: Project.xsd and Codebook.xsd), by libxml2's validator.

Besides what a schema can say of a project: identifiers stand once, references lead to what they name, and selections
lie in their text.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from mlezi.formats.qdpx.model import PROJECT

SCHEMAS = Path(__file__).parent / "schemas"
_LEADS_TO = {"CodeRef": "Code", "NoteRef": "Note", "SourceRef": "TextSource", "SelectionRef": "PlainTextSelection"}


def check_codebook(root: Any) -> list[str]:
    """What does not hold in a codebook, in words; empty when all does."""
    return _shape(root, "Codebook.xsd") or _identifiers(root)


def check(root: Any, texts: Mapping[str, str]) -> list[str]:
    """The same of a project. `texts` by the identifier of their source."""
    faults = _shape(root, "Project.xsd") or _identifiers(root)
    return faults or _positions(root, texts)  # positions of a sound project are numbers


def _shape(root: Any, name: str) -> list[str]:
    schema: Any = etree.XMLSchema(etree.parse(SCHEMAS / name))  # a schema keeps its last faults: one for each who asks
    return [] if schema.validate(root) else [str(fault.message) for fault in schema.error_log]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _identifiers(root: Any) -> list[str]:
    """Identifiers stand once; what is referred to is there and is of the right kind."""
    kinds: dict[str, str] = {}
    faults = []
    for element in root.iter():
        guid = element.get("guid")
        if guid is not None:
            if guid in kinds:
                faults.append(f"the identifier {guid} stands twice")
            kinds[guid] = _name(element)
    for element in root.iter():
        name = _name(element)
        if name in _LEADS_TO and kinds.get(element.get("targetGUID")) != _LEADS_TO[name]:
            faults.append(f"a {name} leads to nothing: {element.get('targetGUID')}")
        user = element.get("creatingUser")
        if user is not None and kinds.get(user) != "User":
            faults.append(f"nobody is {user}")
    return faults


def _positions(root: Any, texts: Mapping[str, str]) -> list[str]:
    faults = []
    for source in root.iter(f"{{{PROJECT}}}TextSource"):
        length = len(texts.get(source.get("guid"), ""))
        for selection in source.iterchildren(f"{{{PROJECT}}}PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            if not 0 <= start <= end <= length:
                faults.append(f"a selection {start}–{end} lies outside its text of {length}")
    return faults
