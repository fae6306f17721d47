"""What a request holds: the record, its files, and the request whole. The same for a phone and for quarantine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.conf import settings

from mlezi.formats import multipart
from mlezi.instruments.arrivals import Incoming, Raw

RECORD = "xml_submission_file"
PIECE = 65_536
MOST_PARTS = 5_000


class Slice:
    """Some bytes of a larger body, readable like a file of their own."""

    def __init__(self, body: BinaryIO, start: int, end: int) -> None:
        self.body, self.start, self.end = body, start, end
        self.at = start

    def seek(self, to: int, whence: int = 0) -> int:
        self.at = {0: self.start, 1: self.at, 2: self.end}[whence] + to
        return self.at - self.start

    def tell(self) -> int:
        return self.at - self.start

    def read(self, size: int = -1) -> bytes:
        left = max(self.end - self.at, 0)
        self.body.seek(self.at)
        data = self.body.read(left if size < 0 else min(size, left))
        self.at += len(data)
        return data

    def chunks(self) -> Iterator[bytes]:
        self.seek(0)
        while piece := self.read(PIECE):
            yield piece


@dataclass(frozen=True)
class Body:
    """What came: the record's bytes (None when there are none), its files, and the request whole."""

    xml: bytes | None
    raw: Raw
    files: list[Incoming] = field(default_factory=list)
    trouble: str = ""  # why there is no record


def read(body: BinaryIO, size: int, raw: Raw) -> Body:
    """Find the record and its files in a body; `raw.headers` say how it is written."""
    kind = raw.headers.get("Content-Type", "")
    if kind.partition(";")[0].strip().lower() in {"text/xml", "application/xml"}:
        body.seek(0)
        return Body(body.read(size), raw)
    try:
        parts = multipart.parts(body, kind, max_parts=MOST_PARTS)
    except multipart.Broken as error:
        return Body(None, raw, trouble=str(error))
    records = [part for part in parts if part.name == RECORD]
    others = [part for part in parts if part.name != RECORD and _is_file(part)]
    files = [Incoming(part.filename or part.name, Slice(body, part.start, part.end)) for part in others]
    if len(records) != 1:
        return Body(None, raw, files, trouble=f"{len(records)} parts are named {RECORD}; there must be one")
    if records[0].size > settings.MAX_XML_BYTES * 2:
        return Body(None, raw, files, trouble=f"the record has {records[0].size} bytes")
    return Body(records[0].read(body), raw, files)


def _is_file(part: multipart.Part) -> bool:
    """Phones name their files; a part without a file name but with a type of its own is one too."""
    if part.filename is not None:
        return True
    return part.content_type != "" and not part.content_type.lower().startswith("text/plain")
