"""Reads projects and codebooks as programs write them, with a remark for whatever could not be taken.

Taken as they come: one .qde of any name, a mark at the start, Windows line ends (positions are moved along), braces
around identifiers, files that belong to nothing, empty selections (left out), namespaces of other versions. Refused:
names that lead out of the archive, archives that unpack to more than they should, entities.
"""

from __future__ import annotations

import io
import json
import posixpath
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from lxml import etree

from mlezi.formats import documents
from mlezi.formats.plain import normalised
from mlezi.formats.qdpx.model import (
    OURS,
    Case,
    Code,
    Coding,
    NotAProject,
    Note,
    Project,
    Remark,
    Selection,
    Source,
    User,
)

MOST_UNPACKED = 2_000_000_000
MOST_FILES = 20_000
MOST_RATIO = 200  # unpacked over packed, beyond the first megabytes
MOST_XML = 400_000_000
_MADE = UUID("7a0e3c1e-52b4-4f37-9a53-6d6c657a6932")  # for identifiers that are missing or broken
_LEFT_OUT = ("PictureSource", "PDFSource", "AudioSource", "VideoSource", "PDFSelection", "AudioSelection",
             "VideoSelection", "Variables", "Links", "Sets", "Graphs")  # fmt: skip
# Where the words of something that is no text stand: (element, what holds the words, what marks them).
_SPOKEN = {"PDFSource": "Representation", "AudioSource": "Transcript", "VideoSource": "Transcript"}


def read_project(content: bytes) -> tuple[Project, list[Remark]]:
    """The project and what could not be taken. Raises `NotAProject`."""
    try:
        return _project(content)
    except RecursionError as error:
        raise NotAProject("too_deep") from error


def _project(content: bytes) -> tuple[Project, list[Remark]]:
    with _opened(content) as parts:
        names = _safe(parts)
        found = [name for name in names if name.lower().endswith(".qde")]
        if not found:
            raise NotAProject("no_project")
        if len(found) > 1:
            raise NotAProject("several_projects", names=", ".join(sorted(found)[:5]))
        root = _xml(_read(parts, found[0], MOST_XML))
        reader = _Reader(root, parts, names)
        project = reader.project()
        ours = _read(parts, OURS, MOST_XML) if OURS in names else b""
    try:
        more = json.loads(ours) if ours else {}
    except (ValueError, RecursionError):
        more = {}
    if isinstance(more, dict) and more:
        project = Project(**{**vars(project), "more": more})
    return project, reader.remarks


def read_codebook(content: bytes) -> tuple[list[Code], list[Remark]]:
    """The codes of a .qdc file, parents first. Raises `NotAProject`."""
    root = _xml(content)
    reader = _Reader(root, None, [])
    holder = root if _name(root) == "CodeBook" else next(reader.all("CodeBook"), None)
    if holder is None:
        raise NotAProject("no_project")
    try:
        return list(reader.codes(holder, None)), reader.remarks
    except RecursionError as error:
        raise NotAProject("too_deep") from error


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise NotAProject("not_a_zip") from error


def _safe(parts: zipfile.ZipFile) -> list[str]:
    """Names in the archive. Raises `NotAProject` for one that leads out of it, or for one that is a bomb."""
    entries = parts.infolist()
    if len(entries) > MOST_FILES:
        raise NotAProject("too_many_files", most=MOST_FILES)
    packed, unpacked = sum(one.compress_size for one in entries), sum(one.file_size for one in entries)
    if unpacked > MOST_UNPACKED:
        raise NotAProject("too_large", most=MOST_UNPACKED // 1_000_000)
    if unpacked > MOST_RATIO * packed + 20_000_000:
        raise NotAProject("bomb", packed=_megabytes(packed), unpacked=_megabytes(unpacked))
    for one in entries:
        plain = posixpath.normpath(one.filename.replace("\\", "/"))
        if plain.startswith(("/", "..")) or (len(plain) > 1 and plain[1] == ":"):
            raise NotAProject("unsafe_name", name=one.filename[:100])
        if one.flag_bits & 1:
            raise NotAProject("protected")
    return [one.filename for one in entries if not one.is_dir()]


def _megabytes(size: int) -> int:
    return max(1, round(size / 1_000_000))


def _read(parts: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A file of the archive, never more than it should be, whatever its entry says."""
    try:
        with parts.open(name) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise NotAProject("not_a_zip") from error
    if len(content) > most:
        raise NotAProject("too_large", most=most // 1_000_000)
    return content


def _xml(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(content.removeprefix(b"\xef\xbb\xbf").lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAProject("not_xml", reason=str(error)[:120]) from error
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise NotAProject("not_xml", reason="DOCTYPE")
    return root


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


class _Reader:
    def __init__(self, root: Any, parts: zipfile.ZipFile | None, names: list[str]) -> None:
        self.root, self.parts = root, parts
        self.names = {name.lower(): name for name in names}
        self.remarks: list[Remark] = []
        self.known: set[UUID] = set()

    def all(self, *names: str, under: Any = None) -> Iterator[Any]:
        """Elements with these names, whatever their namespace."""
        holder = self.root if under is None else under
        return (one for one in holder.iter() if _name(one) in names)

    def under(self, element: Any, name: str) -> Iterator[Any]:
        return (child for child in element if _name(child) == name)

    def say(self, code: str, where: str = "", **facts: Any) -> None:
        self.remarks.append(Remark(code, where, tuple(facts.items())))

    def project(self) -> Project:
        if _name(self.root) != "Project":
            raise NotAProject("no_project")
        codes = tuple(code for book in self.under(self.root, "CodeBook") for code in self.codes(book, None))
        self.known = {code.guid for code in codes}
        self.say_left_out()
        sources = tuple(one for element in self.texts() if (one := self.source(element)))
        return Project(
            name=self.root.get("name") or "",
            origin=self.root.get("origin") or "",
            users=tuple(User(self.guid(one), one.get("name") or "") for one in self.all("User")),
            codes=codes,
            sources=sources,
            notes=tuple(self.note(one) for one in self.all("Note")),
            cases=tuple(
                Case(self.guid(one), one.get("name") or "",
                     tuple(guid for ref in self.under(one, "SourceRef") if (guid := self.to(ref.get("targetGUID")))))
                for one in self.all("Case")
            ),
        )  # fmt: skip

    def texts(self) -> Iterator[Any]:
        """Texts, the words of PDFs, and transcripts of recordings."""
        for element in self.all("TextSource", *_SPOKEN):
            if _name(element) == "TextSource":
                yield element
            for held in self.under(element, _SPOKEN.get(_name(element), "")):
                if not held.get("name"):
                    held.set("name", element.get("name") or "")
                yield held

    def say_left_out(self) -> None:
        for name in _LEFT_OUT:
            rows = [one for one in self.all(name) if not any(True for _ in self.under(one, _SPOKEN.get(name, "")))]
            if name.endswith("Selection"):  # the place in the picture or the sound; whose words are marked, has those
                rows = [one for one in rows if not self.is_marked_in_words(one)]
            if rows:
                self.say("left_out", name, n=len(rows))

    def is_marked_in_words(self, element: Any) -> bool:
        """Whether the words beside a picture or a sound hold a coding with one of its codes."""
        parent = element.getparent()
        held = next(self.under(parent, _SPOKEN.get(_name(parent), "")), None)
        if held is None:
            return False
        here, there = ({self.to(ref.get("targetGUID")) for ref in self.all("CodeRef", under=one)}
                       for one in (element, held))  # fmt: skip
        return here <= there

    def codes(self, holder: Any, parent: UUID | None) -> Iterator[Code]:
        for element in holder:
            if _name(element) == "Codes":
                yield from self.codes(element, parent)
            elif _name(element) == "Code":
                made = Code(
                    self.guid(element), element.get("name") or "?", self.words(element, "Description"),
                    element.get("color") or "", (element.get("isCodable") or "true") not in {"false", "0"}, parent,
                )  # fmt: skip
                yield made
                yield from self.codes(element, made.guid)

    def source(self, element: Any) -> Source | None:
        name = element.get("name") or ""
        raw = self.text(element, name)
        if raw is None:
            return None
        text = normalised(raw)
        moved = _Moved(raw, text)
        selections = tuple(one for child in self.marked(element) if (one := self.selection(child, moved, name)))
        return Source(
            self.guid(element), name, text, selections, tuple(self.codings(element, name)),
            self.notes_of(element), self.words(element, "Description"), _moment(element.get("creationDateTime")),
        )  # fmt: skip

    def marked(self, element: Any) -> Iterator[Any]:
        """Its marked pieces. Those of a transcript lie between points of time that stand at positions in the words."""
        yield from self.under(element, "PlainTextSelection")
        at = {self.to(one.get("guid")): one.get("position") for one in self.under(element, "SyncPoint")}
        for one in self.under(element, "TranscriptSelection"):
            for key, point in (("startPosition", "fromSyncPoint"), ("endPosition", "toSyncPoint")):
                one.set(key, at.get(self.to(one.get(point))) or "")
            yield one

    def text(self, element: Any, name: str) -> str | None:
        """The words: in the file, or in a file of the archive. What lies elsewhere on a disk is never opened."""
        inside = next(self.under(element, "PlainTextContent"), None)
        if inside is not None and inside.text:
            return str(inside.text)
        for key in ("plainTextPath", "richTextPath"):
            path = element.get(key) or ""
            if not path:
                continue
            if not path.lower().startswith("internal://"):
                self.say("text_elsewhere", name, path=path[:120])
                continue
            wanted = path[len("internal://") :].lower().strip("/")
            stored = self.names.get(f"sources/{wanted}") or self.names.get(wanted)
            if stored is None or self.parts is None:
                self.say("text_missing", name, path=path[:120])
                continue
            content = _read(self.parts, stored, documents.MOST_BYTES)
            if key == "plainTextPath":
                return _decoded(content)
            try:
                return documents.read(content, stored).words
            except documents.CannotReadDocument as error:
                self.say("text_unreadable", name, reason=error.code)
        if inside is not None:
            return ""
        self.say("without_text", name)
        return None

    def selection(self, element: Any, moved: _Moved, where: str) -> Selection | None:
        try:
            start, end = int(element.get("startPosition")), int(element.get("endPosition"))
        except (TypeError, ValueError):
            self.say("bad_position", where)
            return None
        new_start, new_end = moved.to(start), moved.to(end)
        if start >= end or new_start >= new_end:
            self.say("empty_selection", where, start=start)
            return None
        if start < 0 or end > moved.length:
            self.say("position_mended", where, start=start, end=end)
        return Selection(
            self.guid(element), new_start, new_end, tuple(self.codings(element, where)), element.get("name") or "",
            self.notes_of(element), self.to(element.get("creatingUser")), _moment(element.get("creationDateTime")),
        )  # fmt: skip

    def codings(self, element: Any, where: str) -> Iterator[Coding]:
        for one in self.under(element, "Coding"):
            ref = next(self.under(one, "CodeRef"), None)
            code = self.to(ref.get("targetGUID")) if ref is not None else None
            if code is None or code not in self.known:
                self.say("unknown_code", where)
                continue
            yield Coding(self.guid(one), code, self.to(one.get("creatingUser")), _moment(one.get("creationDateTime")))

    def note(self, element: Any) -> Note:
        text = normalised(self.text(element, element.get("name") or "") or "")
        return Note(self.guid(element), text, element.get("name") or "", self.to(element.get("creatingUser")),
                    _moment(element.get("creationDateTime")))  # fmt: skip

    def notes_of(self, element: Any) -> tuple[UUID, ...]:
        return tuple(guid for one in self.under(element, "NoteRef") if (guid := self.to(one.get("targetGUID"))))

    def words(self, element: Any, name: str) -> str:
        found = next(self.under(element, name), None)
        return normalised(found.text or "") if found is not None else ""

    def guid(self, element: Any) -> UUID:
        """Its identifier; one that is missing or broken is made from where it stands."""
        return self.to(element.get("guid")) or uuid5(_MADE, f"{element.getroottree().getpath(element)}")

    def to(self, text: str | None) -> UUID | None:
        try:
            return UUID((text or "").strip().strip("{}"))
        except ValueError:
            return None


class _Moved:
    """Where positions of a text as it was stored went when its line ends were made one kind."""

    def __init__(self, raw: str, text: str) -> None:
        self.length, self.new_length = len(raw), len(text)
        self.gone: list[int] = []
        if len(raw) != len(text):
            self.gone = [n for n, sign in enumerate(raw) if sign == "\r" and raw[n + 1 : n + 2] == "\n"]
            if raw.startswith("\ufeff"):
                self.gone.insert(0, 0)
            self.gone += [n for n, sign in enumerate(raw) if sign not in "\r\n\ufeff" and not normalised(sign)]
            self.gone.sort()

    def to(self, position: int) -> int:
        position = min(max(position, 0), self.length)
        return min(position - bisect_left(self.gone, position), self.new_length)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8-sig", errors="replace")


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
