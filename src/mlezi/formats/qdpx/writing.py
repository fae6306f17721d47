"""Writes projects and codebooks, strictly as the schema has them, the same bytes for the same project."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lxml import etree

from mlezi.formats.qdpx.checking import check, check_codebook
from mlezi.formats.qdpx.model import CODEBOOK, OURS, PROJECT, Code, Coding, Project, Selection, Source

_DEFAULT: Any = {None: PROJECT}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_project(project: Project) -> bytes:
    """A .qdpx file. Raises ValueError for a project whose references or positions do not hold."""
    root = _project(project)
    faults = check(root, {str(source.guid): source.text for source in project.sources})
    if faults:
        raise ValueError("; ".join(faults[:5]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        _put(parts, "project.qde", _bytes(root))
        for source in project.sources:
            _put(parts, f"Sources/{source.guid}.txt", source.text.encode())
        if project.more:
            _put(parts, OURS, json.dumps(project.more, ensure_ascii=False, sort_keys=True).encode())
    return out.getvalue()


def write_codebook(codes: Sequence[Code], *, origin: str = "Mlezi") -> bytes:
    """A .qdc file. Raises ValueError for codes that make none, as no codes at all."""
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", nsmap={None: CODEBOOK}, origin=origin)  # type: ignore[dict-item]
    _codes(root, codes, CODEBOOK)
    if faults := check_codebook(root):
        raise ValueError("; ".join(faults[:5]))
    return _bytes(root)


def _put(parts: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    parts.writestr(entry, content)


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _project(project: Project) -> Any:
    root = etree.Element(f"{{{PROJECT}}}Project", nsmap=_DEFAULT, name=project.name, origin=project.origin)
    if project.users:
        users = _sub(root, "Users")
        for user in project.users:
            _sub(users, "User", guid=user.guid, name=user.name)
    if project.codes:
        _codes(_sub(root, "CodeBook"), project.codes, PROJECT)
    if project.cases:
        cases = _sub(root, "Cases")
        for case in project.cases:
            made = _sub(cases, "Case", guid=case.guid, name=case.name)
            for guid in case.sources:
                _sub(made, "SourceRef", targetGUID=guid)
    if project.sources:
        sources = _sub(root, "Sources")
        for source in project.sources:
            _source(sources, source)
    if project.notes:
        notes = _sub(root, "Notes")
        for note in project.notes:
            made = _sub(notes, "Note", guid=note.guid, name=note.name, creatingUser=note.user,
                        creationDateTime=_moment(note.at))  # fmt: skip
            _sub(made, "PlainTextContent").text = note.text
    return root


def _codes(root: Any, codes: Sequence[Code], namespace: str) -> None:
    holder = _sub(root, "Codes", namespace)
    made: dict[UUID | None, Any] = {None: holder}
    for code in codes:
        element = _sub(made[code.parent], "Code", namespace, guid=code.guid, name=code.name,
                       isCodable="true" if code.is_codable else "false", color=code.colour or None)  # fmt: skip
        if code.description:
            _sub(element, "Description", namespace).text = code.description
        made[code.guid] = element


def _source(parent: Any, source: Source) -> None:
    element = _sub(parent, "TextSource", guid=source.guid, name=source.name, creationDateTime=_moment(source.at),
                   plainTextPath=f"internal://{source.guid}.txt")  # fmt: skip
    if source.description:
        _sub(element, "Description").text = source.description
    for selection in source.selections:
        _selection(element, selection)
    for coding in source.codings:
        _coding(element, coding)
    for guid in source.notes:
        _sub(element, "NoteRef", targetGUID=guid)


def _selection(parent: Any, selection: Selection) -> None:
    element = _sub(
        parent, "PlainTextSelection", guid=selection.guid, name=selection.name or None, startPosition=selection.start,
        endPosition=selection.end, creatingUser=selection.user, creationDateTime=_moment(selection.at),
    )  # fmt: skip
    for coding in selection.codings:
        _coding(element, coding)
    for guid in selection.notes:
        _sub(element, "NoteRef", targetGUID=guid)


def _coding(parent: Any, coding: Coding) -> None:
    element = _sub(parent, "Coding", guid=coding.guid, creatingUser=coding.user, creationDateTime=_moment(coding.at))
    _sub(element, "CodeRef", targetGUID=coding.code)


def _sub(parent: Any, tag: str, namespace: str = PROJECT, /, **attributes: object) -> Any:
    given = {key: str(value) for key, value in attributes.items() if value is not None}
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", given)


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
