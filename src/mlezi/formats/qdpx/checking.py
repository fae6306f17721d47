"""Holds what we write to the schemas as published: which element stands where, how often, with which attributes.

Our own tables of QDA-XML 1.0 (Project.xsd of 18 March 2019, Codebook.xsd) for the elements we write, not the schema
files; they were gone through element by element against the files. Besides what a schema can say of a project:
identifiers stand once, references lead to what they name, and selections lie in their text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlezi.formats.qdpx.model import CODEBOOK, PROJECT

_HEX = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
GUID = re.compile(rf"^({_HEX}|\{{{_HEX}\}})$")
RGB = re.compile(r"^#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$")
MOMENT = re.compile(r"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$")
WHOLE = re.compile(r"^[+-]?\d+$")
ANY, ONE, MANY = (0, None), (0, 1), (1, None)
Children = tuple[tuple[str, tuple[int, int | None]], ...]
# element → what may stand in it, in order, with how often; attributes with "!" must be there.
CHILDREN: dict[str, Children] = {
    "Project": (("Users", ONE), ("CodeBook", ONE), ("Variables", ONE), ("Cases", ONE), ("Sources", ONE), ("Notes", ONE),
                ("Links", ONE), ("Sets", ONE), ("Graphs", ONE), ("Description", ONE), ("NoteRef", ANY)),
    "Users": (("User", MANY),),
    "User": (),
    "CodeBook": (("Codes", (1, 1)),),
    "Codes": (("Code", MANY),),
    "Code": (("Description", ONE), ("NoteRef", ANY), ("Code", ANY)),
    "Cases": (("Case", MANY),),
    "Case": (("Description", ONE), ("CodeRef", ANY), ("VariableValue", ANY), ("SourceRef", ANY), ("SelectionRef", ANY)),
    "Sources": (("TextSource", MANY),),
    "TextSource": (("Description", ONE), ("PlainTextContent", ONE), ("PlainTextSelection", ANY), ("Coding", ANY),
                   ("NoteRef", ANY), ("VariableValue", ANY)),
    "PlainTextSelection": (("Description", ONE), ("Coding", ANY), ("NoteRef", ANY)),
    "Coding": (("CodeRef", (1, 1)), ("NoteRef", ANY)),
    "Notes": (("Note", MANY),),
    "Note": (("Description", ONE), ("PlainTextContent", ONE), ("PlainTextSelection", ANY), ("Coding", ANY),
             ("NoteRef", ANY), ("VariableValue", ANY)),
    "Description": (), "PlainTextContent": (), "CodeRef": (), "NoteRef": (), "SourceRef": (), "SelectionRef": (),
}  # fmt: skip
_BOOLEAN = re.compile("^(true|false|0|1)$")
_MADE = {"creatingUser": GUID, "creationDateTime": MOMENT, "modifyingUser": GUID, "modifiedDateTime": MOMENT}
_TEXT = {"guid!": GUID, "name": None, "richTextPath": None, "plainTextPath": None, **_MADE}
ATTRIBUTES: dict[str, dict[str, re.Pattern[str] | None]] = {
    "Project": {"name!": None, "origin": None, "creatingUserGUID": GUID, "creationDateTime": MOMENT,
                "modifyingUserGUID": GUID, "modifiedDateTime": MOMENT, "basePath": None},
    "CodeBook": {"origin": None},
    "User": {"guid!": GUID, "name": None, "id": None},
    "Code": {"guid!": GUID, "name!": None, "isCodable!": _BOOLEAN, "color": RGB},
    "Case": {"guid!": GUID, "name": None},
    "TextSource": _TEXT,
    "Note": _TEXT,
    "PlainTextSelection": {"guid!": GUID, "name": None, "startPosition!": WHOLE, "endPosition!": WHOLE, **_MADE},
    "Coding": {"guid!": GUID, "creatingUser": GUID, "creationDateTime": MOMENT},
    **{name: {"targetGUID!": GUID} for name in ("CodeRef", "NoteRef", "SourceRef", "SelectionRef")},
}  # fmt: skip


# A codebook alone: the same, but its codes refer to no notes.
BOOK: dict[str, Children] = {
    "CodeBook": (("Codes", (1, 1)), ("Sets", ONE)),
    "Codes": CHILDREN["Codes"],
    "Code": (("Description", ONE), ("Code", ANY)),
    "Description": (),
}


def check_codebook(root: Any) -> list[str]:
    """The same of a codebook."""
    if root.tag != f"{{{CODEBOOK}}}CodeBook":
        return [f"the root is {root.tag}"]
    faults = [fault for element in root.iter() for fault in _shape(element, CODEBOOK, BOOK)]
    return faults + _identifiers(root)


def check(root: Any, texts: Mapping[str, str]) -> list[str]:
    """What does not hold, in words; empty when all does. `texts` by the identifier of their source."""
    faults: list[str] = []
    if root.tag != f"{{{PROJECT}}}Project":
        return [f"the root is {root.tag}"]
    for element in root.iter():
        faults += _shape(element, PROJECT, CHILDREN)
    faults += _identifiers(root)
    return faults or _positions(root, texts)  # positions of a sound project are numbers


def _name(element: Any, within: str = PROJECT) -> str:
    namespace, _, name = str(element.tag).rpartition("}")
    return name if namespace == "{" + within else str(element.tag)


def _shape(element: Any, within: str, known_children: Mapping[str, Children]) -> list[str]:
    name = _name(element, within)
    if name not in known_children:
        return [f"there is no element {name}"]
    faults = []
    allowed = [child for child, _ in known_children[name]]
    found = [_name(child, within) for child in element]
    strangers = [child for child in found if child not in allowed]
    if strangers:
        faults.append(f"{strangers[0]} cannot stand in {name}")
    elif found != sorted(found, key=allowed.index):
        faults.append(f"what stands in {name} is out of order")
    for child, (least, most) in known_children[name]:
        n = found.count(child)
        if n < least or (most is not None and n > most):
            faults.append(f"{name} holds {n} of {child}")
    known = ATTRIBUTES.get(name, {})
    for key, shape in known.items():
        value = element.get(key.rstrip("!"))
        if value is None and key.endswith("!"):
            faults.append(f"{name} lacks {key[:-1]}")
        elif value is not None and shape is not None and not shape.match(value):
            faults.append(f"{key.rstrip('!')}={value!r} of {name} has a form that does not fit")
    strange = set(element.attrib) - {key.rstrip("!") for key in known}
    return faults + [f"{name} has no attribute {key}" for key in sorted(strange)]


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
    wanted = {"CodeRef": {"Code"}, "NoteRef": {"Note"}, "SourceRef": {"TextSource"},
              "SelectionRef": {"PlainTextSelection"}}  # fmt: skip
    for element in root.iter():
        name = _name(element)
        if name in wanted and kinds.get(element.get("targetGUID")) not in wanted[name]:
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
