"""A double of ODK Collect at the protocol's level: fetches and sends as Collect does, with its traps.

Written from Collect's sources as read for the design of the door. It asks for credentials only when challenged,
drops a whole list over one bad entry, splits uploads by size and number, and believes 201 and 202 alone.
"""

from __future__ import annotations

import csv
import hashlib
import secrets
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from urllib.parse import urlencode

from mlezi.formats import multipart
from mlezi.testing import offline_entities
from mlezi.testing.wire import Answer, Wire, basic

LISTS = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
MOST_FILES = 100  # Collect asks "more than a hundred?" after adding one, so 101 go out together
DEFAULT_LENGTH = 10_000_000


class Refused(Exception):
    """What Collect shows its owner; `answer` is what the server said."""

    def __init__(self, why: str, answer: Answer | None = None) -> None:
        super().__init__(why if answer is None else f"{why}: {answer.status} {answer.text[:300]}")
        self.answer = answer


@dataclass
class Record:
    """A finished form. Its bytes are frozen: a retry sends the same."""

    xml: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    state: str = "complete"  # then submitted or submissionFailed
    message: str = ""


@dataclass
class Collect:
    """One phone, configured for one server address."""

    base: str
    username: str = ""
    password: str = ""
    device_id: str = "collect:double"
    forms: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)  # (id, version) → hash, XML
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # file name → hash, content
    entities: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)  # list → uid → row
    integrity_urls: dict[str, str] = field(default_factory=dict)
    made_here: set[str] = field(default_factory=set)  # entities created offline and not yet seen on the server
    challenged: bool = False

    def __post_init__(self) -> None:
        self.base = self.base.rstrip("/")
        self.wire = Wire(self.base, {"X-OpenRosa-Version": "1.0", "User-Agent": "org.odk.collect.android/double"})

    # --- fetching ---

    def sync(self, now: datetime) -> list[str]:
        """Fetch new and changed forms with their files. The ids of forms fetched."""
        fetched = []
        for form in self.form_list(now):
            key = (form["formID"], form.get("version", ""))
            if self.forms.get(key, ("",))[0] != form["hash"]:
                xml = self._fetch(form["downloadUrl"], now)
                self.forms[key] = (form["hash"], xml)
                fetched.append(form["formID"])
            if form.get("manifestUrl"):
                self._sync_files(form["manifestUrl"], now)
        return fetched

    def form_list(self, now: datetime) -> list[dict[str, str]]:
        """The list, or nothing of it: one entry without id, name or address spoils all."""
        answer = self._open_rosa(f"{self.base}/formList", now)
        found = []
        for entry in _tree(answer).findall(f"{LISTS}xform"):
            values = {child.tag.removeprefix(LISTS): (child.text or "").strip() for child in entry}
            if not (values.get("formID") and values.get("name") and values.get("downloadUrl")):
                raise Refused("The list of forms has an entry without id, name or address", answer)
            if not values.get("hash", "").startswith("md5:"):
                raise Refused("A form has no md5 hash and cannot be fetched", answer)
            found.append(values)
        return found

    def _sync_files(self, url: str, now: datetime) -> None:
        answer = self._open_rosa(url, now)
        for entry in _tree(answer).findall(f"{MANIFEST}mediaFile"):
            values = {child.tag.removeprefix(MANIFEST): (child.text or "").strip() for child in entry}
            if not (values.get("filename") and values.get("hash") and values.get("downloadUrl")):
                raise Refused("The manifest has an entry without name, hash or address", answer)
            name = values["filename"].rsplit("/", 1)[-1]
            if self.media.get(name, ("",))[0] == values["hash"]:
                continue
            content = self._fetch(values["downloadUrl"], now)
            if "md5:" + hashlib.md5(content, usedforsecurity=False).hexdigest() != values["hash"]:
                raise Refused(f"{name} does not have the hash the manifest gives")
            self.media[name] = (values["hash"], content)
            if entry.get("type") == "entityList":
                self._import(name.removesuffix(".csv"), content, values.get("integrityUrl", ""), now)

    def _import(self, name: str, content: bytes, integrity_url: str, now: datetime) -> None:
        """Take the server's rows; keep what was made here and has not reached the server."""
        rows = {}
        for row in csv.DictReader(StringIO(content.decode())):
            if not (row.get("name") and row.get("label") and row.get("__version")):
                return  # Collect gives up on the whole list, without a word
            rows[row["name"]] = row
        here = self.entities.get(name, {})
        absent = [uid for uid in here if uid not in rows and uid in self.made_here]
        gone = self._gone(integrity_url, absent, now) if absent and integrity_url else set()
        self.made_here -= set(rows) | gone
        self.entities[name] = {**rows, **{uid: here[uid] for uid in absent if uid not in gone}}
        self.integrity_urls[name] = integrity_url

    def _gone(self, url: str, uids: list[str], now: datetime) -> set[str]:
        answer = self._open_rosa(f"{url}?{urlencode({'id': ','.join(uids)})}", now)
        entities = _tree(answer).findall("entities/entity")
        return {e.get("id", "") for e in entities if (e.findtext("deleted") or "") == "true"}

    # --- where there is no line ---

    def keep(self, record: Record) -> None:
        """Finish a form: what it makes or changes is in this phone's lists at once."""
        root = ET.fromstring(record.xml)  # noqa: S314 - made by this test
        form = self.forms[root.get("id", ""), root.get("version", "")][1]
        record.xml = offline_entities.finished(form, record.xml, self.entities, self.made_here)

    # --- sending ---

    def send(self, record: Record, now: datetime) -> Record:
        """Send one record, all its requests, and mark it. What is not accepted is kept for another try."""
        record.state = "submissionFailed"  # before the first byte leaves: it may arrive though the answer does not
        try:
            head = self._ask("HEAD", f"{self.base}/submission", now)
            if head.status != 204:
                raise Refused("Is this an OpenRosa endpoint, or a web proxy?", head)
            length = int(head.headers.get("x-openrosa-accept-content-length", DEFAULT_LENGTH))
            for body, kind in batches(record, length):
                answer = self._ask("POST", f"{self.base}/submission", now, body, {"Content-Type": kind})
                record.message = _message(answer)
                if answer.status not in (201, 202):
                    raise Refused("The server did not take it", answer)
        except Refused as refused:
            record.message = record.message or str(refused)
            raise
        record.state = "submitted"
        return record

    # --- the line ---

    def _fetch(self, url: str, now: datetime) -> bytes:
        answer = self._ask("GET", url, now)
        if answer.status != 200:
            raise Refused(f"Could not fetch {url}", answer)
        return answer.body

    def _open_rosa(self, url: str, now: datetime) -> Answer:
        answer = self._ask("GET", url, now)
        if answer.status != 200:
            raise Refused(f"Could not fetch {url}", answer)
        if "x-openrosa-version" not in answer.headers:
            raise Refused("Not an OpenRosa server", answer)
        if not answer.headers.get("content-type", "").startswith("text/xml"):
            raise Refused("Not text/xml", answer)
        return answer

    def _ask(
        self, method: str, url: str, now: datetime, body: bytes | None = None, more: Mapping[str, str] | None = None
    ) -> Answer:
        url += ("&" if "?" in url else "?") + urlencode({"deviceID": self.device_id})
        # Collect's pattern for the hour is a twelve-hour one.
        headers = {"Date": now.strftime("%a, %d %b %Y %I:%M:%S GMT"), **(more or {})}
        if self.challenged:
            headers["Authorization"] = basic(self.username, self.password)
        answer = self.wire.ask(method, url, body, headers)
        if answer.status == 401 and not self.challenged and self.username:
            if "basic" not in answer.headers.get("www-authenticate", "").lower():
                raise Refused("The server asks for a kind of sign-in this phone has not", answer)
            self.challenged = True
            return self._ask(method, url.rpartition("deviceID=")[0][:-1], now, body, more)
        return answer


def batches(record: Record, length: int) -> Iterator[tuple[bytes, str]]:
    """The requests Collect makes of one record: the XML in each, then files until size or number is reached."""
    left = list(record.files.items())
    first = True
    while first or left:
        first = False
        size, batch = len(record.xml), list[tuple[str, bytes]]()
        while left and (not batch or size + len(left[0][1]) <= length) and len(batch) <= MOST_FILES:
            batch.append(left.pop(0))
            size += len(batch[-1][1])
        fields: list[tuple[str, str | None, str, bytes]] = [
            ("xml_submission_file", "submission.xml", "text/xml", record.xml)
        ]
        fields += [(name, name, _kind(name), content) for name, content in batch]
        if left:
            fields.append(("*isIncomplete*", None, "text/plain", b"yes"))
        boundary = secrets.token_hex(16)
        yield multipart.encode(fields, boundary), f"multipart/form-data; boundary={boundary}"


def _kind(name: str) -> str:
    endings = {"jpg": "image/jpeg", "png": "image/png", "m4a": "audio/mp4", "csv": "text/csv", "mp4": "video/mp4"}
    return endings.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _tree(answer: Answer) -> ET.Element:
    try:
        return ET.fromstring(answer.body)  # noqa: S314 - our own server's answer, in a test
    except ET.ParseError as error:
        raise Refused("The answer is not XML", answer) from error


def _message(answer: Answer) -> str:
    try:
        return (ET.fromstring(answer.body).findtext("{http://openrosa.org/http/response}message") or "").strip()  # noqa: S314
    except ET.ParseError:
        return ""
