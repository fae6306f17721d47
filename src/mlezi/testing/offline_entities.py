"""What ODK Collect does with the entity of a finished form before any line is there.

The row is on the phone at once: made here it has version 1, a new branch and no trunk; a server's row that is changed
takes the server's version as trunk and a new branch; further changes keep both and count on. Source: Collect's
`LocalEntityUseCases`, as read for the design of the door.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from lxml import etree

ENTITIES = "{http://www.opendatakit.org/xforms/entities}"
Lists = dict[str, dict[str, dict[str, str]]]


def finished(form: bytes, record: bytes, lists: Lists, made_here: set[str]) -> bytes:
    """The record with its entity's attributes filled in as the form's calculations would; the lists are changed too."""
    page, root = etree.fromstring(form), etree.fromstring(record)
    entity = next(root.iter("entity"), None)
    if entity is None:
        return record
    binds = {str(bind.get("nodeset")): bind for bind in page.iter("{http://www.w3.org/2002/xforms}bind")}
    path = "/" + "/".join(e.tag for e in [*reversed(list(entity.iterancestors())), entity])
    uid = _value(root, binds[f"{path}/@id"].get("calculate", ""))
    label = _value(root, binds[f"{path}/label"].get("calculate", "")) if f"{path}/label" in binds else ""
    entity.set("id", uid)
    row = lists.setdefault(entity.get("dataset", ""), {}).get(uid)
    if row is None and label:
        entity.set("create", "1")
        row = {"name": uid, "__version": "1", "__trunkVersion": "", "__branchId": str(uuid4())}
        made_here.add(uid)
    elif row is not None:
        row = _changed(entity, row)
    if row is None:
        return record
    if label:
        next(entity.iter("label")).text = row["label"] = label
    saves = {nodeset: bind.get(f"{ENTITIES}saveto") for nodeset, bind in binds.items()}
    saved = {name: _value(root, nodeset) for nodeset, name in saves.items() if name}
    lists[entity.get("dataset", "")][uid] = {**row, **saved}
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _changed(entity: Any, row: dict[str, str]) -> dict[str, str]:
    """The row after a change; the record carries what it was before."""
    if not row.get("__branchId"):
        row = {**row, "__trunkVersion": row["__version"], "__branchId": str(uuid4())}
    entity.set("update", "1")
    for name, column in (("baseVersion", "__version"), ("trunkVersion", "__trunkVersion"), ("branchId", "__branchId")):
        entity.set(name, row[column])
    return {**row, "__version": str(int(row["__version"]) + 1)}


def _value(root: Any, expression: str) -> str:
    """What a plain path says, or words and paths put together; anything cleverer is for a real phone."""
    asked = expression.strip()
    if joined := re.fullmatch(r"concat\((.*)\)", asked):
        return "".join(_value(root, part) for part in re.findall(r"\s*(?:'[^']*'|[^,]+)", joined[1]))
    if asked.startswith("'"):
        return asked.strip("'")
    found = root.find("/".join(asked.split("/")[2:]))
    return (found.text or "") if found is not None else ""
