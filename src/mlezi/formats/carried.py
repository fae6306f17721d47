"""A phone's unsent records in a file: what the phone app writes and somebody carries to the office.

A zip with `mlezi.json`, which names every record and file with its hash. A locked one has every part sealed
with the phone's key (twelve bytes of nonce, then AES-GCM); `open_key` gives that key for the person it names.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FACTS = "mlezi.json"
MOST_FACTS = 10_000_000
MOST_PART = 500_000_000
NONCE = 12
OpenKey = Callable[[str, str], bytes]  # sealed key, person → key


class Damaged(Exception):
    """The file cannot be read. `where` is the part of it; empty when it is the whole."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(what, where)
        self.what, self.where = what, where


@dataclass(frozen=True)
class Record:
    """One finished record, its bytes as the phone froze them. `trouble` says why it cannot be taken."""

    id: str
    form: str
    xml: bytes = b""
    files: Mapping[str, bytes] = field(default_factory=dict)
    trouble: str = ""
    where: str = ""


@dataclass(frozen=True)
class Carried:
    programme: str
    person: str
    device: str
    records: list[Record]


def read(source: BinaryIO, open_key: OpenKey) -> Carried:
    """Everything in the file; a damaged record is told apart and spoils no other. Raises `Damaged`."""
    try:
        archive = zipfile.ZipFile(source)
        told = json.loads(_part(archive, FACTS, MOST_FACTS))
        programme, _, person = str(told["person"]).partition(".")
        if told["format"] != "mlezi-unsent" or told["version"] != 1:
            raise Damaged("other format")
        device, entries = str(told["device"]), list(told["records"])
        is_locked = told["kind"] == "locked"
        key = open_key(str(told["sealed"]), str(told["person"])) if is_locked and entries else b""
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, zlib.error, EOFError) as error:
        raise Damaged("not an export") from error
    with archive:
        reader = _locked(archive, entries, key) if is_locked else _plain(archive, entries)
        return Carried(programme, person, device, list(reader))


def _plain(archive: zipfile.ZipFile, entries: list[dict[str, Any]]) -> Iterator[Record]:
    for entry in entries:
        uid, folder = str(entry.get("id", "")), str(entry.get("folder", ""))
        where = f"{folder}/submission.xml"
        try:
            xml = _same(_part(archive, where), str(entry["sha256"]))
            files = {}
            for told in entry["files"]:
                where = f"{folder}/files/{told['name']}"
                files[str(told["name"])] = _same(_part(archive, where), str(told["sha256"]))
        except (Damaged, KeyError, TypeError, zlib.error, zipfile.BadZipFile, EOFError, ValueError):
            yield Record(uid, str(entry.get("form", "")), trouble="damaged", where=where)
            continue
        yield Record(uid, str(entry.get("form", "")), xml, files)


def _locked(archive: zipfile.ZipFile, entries: list[dict[str, Any]], key: bytes) -> Iterator[Record]:
    for entry in entries:
        uid, folder = str(entry.get("id", "")), str(entry.get("folder", ""))
        where = f"{folder}/body"
        try:
            body = json.loads(_opened(key, _part(archive, where), f"records/{uid}"))
            xml = _same(body["xml"].encode(), body["sha256"])
            files, wanted = {}, {fact["name"]: fact["sha256"] for fact in body["files"]}
            for number, name in enumerate(entry["files"]):
                where = f"{folder}/{number}"
                if name in wanted:
                    files[name] = _same(_opened(key, _part(archive, where), f"blobs/{uid}/{name}"), wanted[name])
        except (Damaged, KeyError, TypeError, InvalidTag, zlib.error, zipfile.BadZipFile, EOFError, ValueError):
            yield Record(uid, "", trouble="damaged", where=where)
            continue
        yield Record(uid, str(body["form"]), xml, files)


def _part(archive: zipfile.ZipFile, name: str, most: int = MOST_PART) -> bytes:
    """A part, never more of it than `most`: a small zip may unfold to a great deal."""
    with archive.open(name) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise Damaged("too large", name)
    return content


def _same(content: bytes, sha256: str) -> bytes:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged("other bytes")
    return content


def _opened(key: bytes, sealed: bytes, about: str) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
