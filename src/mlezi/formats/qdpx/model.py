"""A project as values. Identifiers are UUIDs; positions are code points of the source's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
QDPX_TYPE = "application/zip"
QDC_TYPE = "application/xml"
OURS = "mlezi.json"  # in a project: what the standard has no place for


class NotAProject(ValueError):
    """A file that cannot be read at all. `code`: not_a_zip, too_large, bomb, too_many_files, unsafe_name, no_project,
    several_projects, not_xml, too_deep, protected."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Remark:
    """Something that could not be taken, or was mended on the way. `code` says what."""

    code: str
    where: str = ""
    facts: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class User:
    guid: UUID
    name: str


@dataclass(frozen=True)
class Code:
    guid: UUID
    name: str
    description: str = ""
    colour: str = ""  # "#rrggbb"
    is_codable: bool = True
    parent: UUID | None = None


@dataclass(frozen=True)
class Coding:
    guid: UUID
    code: UUID
    user: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Selection:
    guid: UUID
    start: int
    end: int
    codings: tuple[Coding, ...] = ()
    name: str = ""
    notes: tuple[UUID, ...] = ()
    user: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Source:
    guid: UUID
    name: str
    text: str
    selections: tuple[Selection, ...] = ()
    codings: tuple[Coding, ...] = ()  # of the source as a whole
    notes: tuple[UUID, ...] = ()
    description: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Note:
    guid: UUID
    text: str
    name: str = ""
    user: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Case:
    guid: UUID
    name: str
    sources: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Project:
    """Codes come parents first, in the order of the tree. `more` is ours alone: plain JSON by identifier."""

    name: str
    origin: str = "Mlezi"
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    cases: tuple[Case, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)
