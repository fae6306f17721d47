"""What arrives at the door, and what is said back: values only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

from django.core.files.base import File

from mlezi.formats import multipart
from mlezi.instruments.models import FormVersion, Quarantined, Submission
from mlezi.instruments.store import Content
from mlezi.people.models import Device, Person
from mlezi.programmes.models import Programme


class Outcome(StrEnum):
    """What became of something that arrived. All but the last two mean: kept as a submission."""

    CREATED = "created"
    EDITED = "edited"  # kept, and now stands for the record it replaces
    ADDED = "added"  # a known record; a file of it was new
    REPEATED = "repeated"  # all of it was here already
    PARKED = "parked"  # kept; its form's version is not known here, so somebody must look
    CONFLICTING = "conflicting"  # the same id with other bytes, or an edit of what was edited already
    REFUSED = "refused"  # cannot be a submission; the receipt's `reason` says why


@dataclass(frozen=True)
class Incoming:
    """A file that came with a record, under the name the sender gave it."""

    name: str
    content: Content


@dataclass(frozen=True)
class Raw:
    """A request as it came: its body, from the first byte, and the headers needed to read it again."""

    body: Content
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Arrival:
    """One record on its way in, with all that is known about how it came."""

    programme: Programme
    xml: bytes
    files: Sequence[Incoming] = ()
    sender: Person | None = None
    device: Device | None = None
    source: str = Submission.Source.COLLECT
    at: datetime = field(kw_only=True)
    raw: Raw | None = None
    sha256: str = ""

    def whole(self) -> Raw:
        """The request, or one made up from its parts when there was none (a file, a test)."""
        if self.raw:
            return self.raw
        if not self.files:
            return Raw(File(BytesIO(self.xml)), {"Content-Type": "text/xml"})
        fields = [("xml_submission_file", "submission.xml", "text/xml", self.xml)]
        fields += [(f.name, f.name, "application/octet-stream", b"".join(f.content.chunks())) for f in self.files]
        boundary = f"mlezi-{secrets.token_hex(16)}"
        body = multipart.encode([*fields], boundary)
        return Raw(File(BytesIO(body)), {"Content-Type": f"multipart/form-data; boundary={boundary}"})


@dataclass(frozen=True)
class Receipt:
    """What became of it. `message` is for whoever sent it; `quarantined` is set when a person must look.

    `missing` are the files a kept record speaks of that have not come.
    """

    outcome: Outcome
    submission: Submission | None
    message: str
    reason: str = ""
    quarantined: Quarantined | None = None
    missing: Sequence[str] = ()


@dataclass(frozen=True)
class Decided:
    """What a person decided about a record in quarantine; empty where the record's own word holds."""

    version: FormVersion | None = None  # the published version it belongs to
    instance_id: str = ""  # the id it shall have here
    replaces: str = ""  # the instance id it corrects
    max_bytes: int = 0  # reads a record larger than phones may send


AS_IT_SAYS = Decided()


class Refusal(Exception):
    """It cannot stand as a submission; it goes to quarantine with this reason."""

    def __init__(self, outcome: Outcome, reason: str, message: str, **known: Any) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.message = message
        self.detail: str = known.get("detail", "")
        self.form_id: str = known.get("form_id", "")
        self.instance_id: str = known.get("instance_id", "")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fingerprint(arrival: Arrival) -> str:
    """The same for the same record with the same files, whatever boundary wrapped them this time."""
    whole = hashlib.sha256(arrival.xml)
    if not arrival.xml and arrival.raw:
        for piece in arrival.raw.body.chunks():
            whole.update(piece)
    for file in sorted(arrival.files, key=lambda f: f.name):
        whole.update(b"\0" + file.name.encode("utf-8", "replace") + b"\0")
        for piece in file.content.chunks():
            whole.update(piece)
    return whole.hexdigest()
