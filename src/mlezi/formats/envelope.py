"""The outside of a record: which form, which version, which instance, which files belong to it.

Reads the XML of a submission without believing it: a document type (and with it every entity) is
refused, size and depth are bounded, and nothing is fetched. What the answers mean is not read here.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from xml.parsers import expat

Lookup = Callable[[str, str], Collection[str]]  # form id and version → paths of binary questions
MAX_BYTES = 5_000_000
MAX_DEPTH = 64
LONGEST_ID = 255  # of an instance id; form ids and versions are shorter
LONGEST_NAME = 255
LONGEST_FORM_ID = 120


class Unreadable(ValueError):
    """These bytes are no record. `code` says in which way, `detail` what was met and where."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.form_id = ""  # as far as it was read before the trouble
        self.instance_id = ""


@dataclass(frozen=True)
class Envelope:
    """What a record says about itself. `files` are the non-empty answers of the form's binary questions."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str = ""
    files: tuple[str, ...] = ()
    ended: str = ""  # what the phone's clock said when the form was finished, as written


def read(
    xml: bytes,
    *,
    binary: Collection[str] | Lookup = (),
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    form_id: str = "",
    instance_id: str = "",
) -> Envelope:
    """Read the envelope. `binary` holds paths of binary questions, as in "/data/people/photo", or finds
    them for the form id and version that the record names.

    `form_id` and `instance_id` are what somebody decided for a record that lacks them.

    Raises `Unreadable` with one of the codes too_large, too_deep, not_xml, document_type, no_form_id,
    no_instance_id, name_too_long. Repeats stand in a path once, whichever of them an answer came from.
    """
    if len(xml) > max_bytes:
        raise Unreadable("too_large", f"{len(xml)} bytes; at most {max_bytes} are read")
    reader = _Reader(binary, max_depth)
    try:
        reader.run(xml)
        return reader.envelope(form_id, instance_id)
    except Unreadable as error:
        error.form_id = reader.form_id[:LONGEST_ID]
        error.instance_id = reader.meta.get("instanceID", "")[:LONGEST_ID]
        raise


def binary_of(form_binary: Collection[str], xml: bytes) -> tuple[str, ...]:
    """The file names a known record expects, once its form is known."""
    reader = _Reader(form_binary, max_depth=10_000)
    reader.run(xml)
    return tuple(dict.fromkeys(reader.files))


def fitted(name: str) -> str:
    """A file name as both sides of a comparison see it: the last part, storable, at most 255 characters.

    Marks above letters are composed: Apple's file systems take é apart, and the record still names the whole.
    A longer name keeps its ending and gets a mark made from the whole, so that two long names stay two.
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    clean = "".join(c for c in last if c.isprintable()).encode("utf-8", "replace").decode().strip()
    if clean in {"", ".", ".."}:
        clean = f"unnamed-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:12]}"
    if len(clean) <= LONGEST_NAME:
        return clean
    mark = hashlib.sha256(clean.encode()).hexdigest()[:12]
    stem, ending = os.path.splitext(clean)
    return f"{stem[:200]}~{mark}{ending[:30]}"


def moment(text: str) -> datetime | None:
    """A time as forms write it, or None when it is none or lacks its offset from UTC."""
    try:
        read_ = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return read_ if read_.tzinfo else None


class _Reader:
    """One pass over the bytes. Keeps text only of the few elements it is asked about."""

    def __init__(self, binary: Collection[str] | Lookup, max_depth: int) -> None:
        self.find = binary if callable(binary) else None
        self.binary = frozenset() if callable(binary) else frozenset(binary)
        self.max_depth = max_depth
        self.path: list[str] = []
        self.whole: list[str] = [""]  # the path so far, written out, at each depth
        self.form_id = self.version = ""
        self.meta: dict[str, str] = {}
        self.files: list[str] = []
        self.text: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        self.parser.StartDoctypeDeclHandler = self.doctype

    def run(self, xml: bytes) -> None:
        try:
            self.parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise Unreadable("not_xml", str(error)) from error
        except (ValueError, LookupError) as error:  # an encoding nobody knows
            if isinstance(error, Unreadable):
                raise
            raise Unreadable("not_xml", str(error)) from error

    def doctype(self, *_: object) -> None:
        raise Unreadable("document_type", f"line {self.parser.CurrentLineNumber}")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self.path.append(local)
        self.whole.append(f"{self.whole[-1]}/{local}")
        depth = len(self.path)
        if depth > self.max_depth:
            raise Unreadable("too_deep", f"line {self.parser.CurrentLineNumber}; at most {self.max_depth} levels")
        if depth == 1:
            self.form_id = (attributes.get("id") or space).strip()
            self.version = attributes.get("version", "").strip()
            self.meta["instanceID"] = attributes.get("instanceID", "").strip()
            if self.find:
                self.binary = frozenset(self.find(self.form_id, self.version))
        # An entity's own <meta> stands deeper: only the record's own counts.
        wanted = (depth == 3 and self.path[1] == "meta") or depth == 2 or self.whole[-1] in self.binary
        self.text = [] if wanted else None

    def words(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, _: str) -> None:
        value = "".join(self.text).strip() if self.text is not None else ""
        if value:
            if len(self.path) == 3 and self.path[1] == "meta":
                self.meta[self.path[2]] = value
            elif len(self.path) == 2:
                self.meta.setdefault(f"/{self.path[1]}", value)
            if self.whole[-1] in self.binary:
                self.files.append(fitted(value))
        self.text = None
        self.path.pop()
        self.whole.pop()

    def envelope(self, form_id: str, instance_id: str) -> Envelope:
        self.form_id = self.form_id or form_id
        instance_id = self.meta.get("instanceID", "") or instance_id
        if not self.form_id:
            raise Unreadable("no_form_id", "the first element has no id")
        if not instance_id:
            raise Unreadable("no_instance_id", "meta/instanceID is missing or empty")
        deprecated_id = self.meta.get("deprecatedID", "")
        if max(len(instance_id), len(deprecated_id)) > LONGEST_ID or (
            max(len(self.form_id), len(self.version)) > LONGEST_FORM_ID
        ):
            raise Unreadable("name_too_long", "the form's id, its version or the instance id")
        return Envelope(
            form_id=self.form_id,
            version=self.version,
            instance_id=instance_id,
            deprecated_id=deprecated_id,
            files=tuple(dict.fromkeys(self.files)),
            ended=self.meta.get("timeEnd") or self.meta.get("/end", ""),
        )
