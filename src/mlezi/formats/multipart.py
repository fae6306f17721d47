"""Multipart bodies with the names exactly as the sender wrote them.

Web frameworks tidy file names; a record names its photographs, and a tidied name no longer matches.
Reads from a seekable file and hands out ranges of it, so a large photograph never fills the memory.
Source: RFC 7578 and RFC 2046, read generously: phones of many years send here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import BinaryIO

MAX_HEADER = 16_384
PIECE = 262_144
WORD = r"=\?[\w.:*-]+\?[bq]\?[^?\s]*\?="
ENCODED_WORDS = re.compile(rf"{WORD}(?:\s+{WORD})*", re.ASCII | re.IGNORECASE)


class Broken(ValueError):
    """This body is not the multipart it says it is."""


@dataclass(frozen=True)
class Part:
    """One part: its field name, its file name if any, and where its bytes lie in the body."""

    name: str
    filename: str | None
    content_type: str
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start

    def read(self, body: BinaryIO) -> bytes:
        body.seek(self.start)
        return body.read(self.size)


def boundary_of(content_type: str) -> bytes:
    """The boundary a content type names. Raises `Broken`."""
    found = re.search(r'boundary=(?:"([^"]{1,200})"|([^\s;,]{1,200}))', content_type, re.IGNORECASE)
    if not content_type.lower().startswith("multipart/") or not found:
        raise Broken("the content type names no boundary")
    return (found[1] or found[2]).encode("latin-1", "replace")


def parts(body: BinaryIO, content_type: str, *, max_parts: int) -> list[Part]:
    """Every part of the body. Raises `Broken` when it ends early or has more than `max_parts`."""
    mark = b"--" + boundary_of(content_type)
    marks = list(islice(_marks(body, mark), max_parts + 2))  # all first: reading a part moves the body
    if not marks:
        raise Broken("the boundary does not occur")
    if len(marks) > max_parts + 1:
        raise Broken(f"more than {max_parts} parts")
    if not marks[-1][2]:
        raise Broken("the body ends in the middle of a part")
    return [_part(body, after, at) for (_, after, _), (at, _, _) in pairwise(marks)]


def _marks(body: BinaryIO, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Each boundary line: where the bytes before it end, where those after begin, whether it is the last."""
    body.seek(0)
    window, base = b"\r\n", -2  # so that a boundary on the very first line is found like the others
    needle = b"\r\n" + mark
    ended = False
    while not ended:
        piece = body.read(PIECE)
        ended = not piece
        window += piece
        position = 0
        while (at := window.find(needle, position)) >= 0:
            tail = window[at + len(needle) : at + len(needle) + 128]
            if len(tail) < 128 and not ended:
                break
            last = tail.startswith(b"--")
            line = re.match(rb"(?:--)?[ \t]*(\r\n|$)", tail)
            if line and (last or line[1]):
                yield max(base + at, 0), base + at + len(needle) + line.end(), last
                if last:
                    return
                # The line end after a boundary may also open the next boundary.
                position = at + len(needle) + line.end() - 2
            else:
                position = at + len(needle)
        keep = window.find(needle, position)
        cut = keep if keep >= 0 else max(position, len(window) - len(needle) - 1)
        base += cut
        window = window[cut:]


def _part(body: BinaryIO, start: int, end: int) -> Part:
    body.seek(start)
    head = body.read(min(MAX_HEADER, max(end - start, 0)))
    if head.startswith(b"\r\n"):
        raise Broken("a part has no headers")
    blank = head.find(b"\r\n\r\n")
    if blank < 0:
        raise Broken("the headers of a part do not end")
    headers: dict[str, str] = {}
    for line in head[:blank].split(b"\r\n"):
        key, _, value = _text(line).partition(":")
        headers[key.strip().lower()] = value.strip()
    disposition = headers.get("content-disposition", "")
    name = _parameter(disposition, "name")
    if name is None:
        raise Broken("a part has no name")
    filename = _extended(disposition) or _decoded(_parameter(disposition, "filename"))
    return Part(name, filename, headers.get("content-type", ""), start + blank + 4, end)


def _text(raw: bytes) -> str:
    """UTF-8 as phones send it, and Latin-1 when it is not that."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _parameter(disposition: str, key: str) -> str | None:
    found = re.search(rf'(?:^|[;\s]){key}=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))', disposition, re.IGNORECASE)
    if not found:
        return None
    if found[1] is None:
        return found[2]
    # Browsers escape as %22 and %0D; others write a backslash before a quotation mark.
    return re.sub(r'\\(["\\])', r"\1", found[1]).replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")


def _extended(disposition: str) -> str | None:
    """filename*=UTF-8''… as RFC 5987 has it."""
    from urllib.parse import unquote  # noqa: PLC0415 - rarely needed

    found = re.search(r"filename\*=utf-8''([^;\s]+)", disposition, re.IGNORECASE)
    return unquote(found[1], errors="replace") if found else None


def _decoded(filename: str | None) -> str | None:
    """=?UTF-8?Q?…?= as RFC 2047 has it, when the name is nothing else; what cannot be decoded stays as it came."""
    if filename is None or not ENCODED_WORDS.fullmatch(filename):
        return filename
    from email.errors import MessageError  # noqa: PLC0415 - rarely needed
    from email.header import decode_header, make_header  # noqa: PLC0415

    try:
        return str(make_header(decode_header(filename)))
    except (MessageError, LookupError, ValueError):
        return filename


def encode(fields: list[tuple[str, str | None, str, bytes]], boundary: str) -> bytes:
    """Write parts of (name, file name, content type, bytes) as one body. The boundary must not occur in them."""
    out: list[bytes] = []
    for name, filename, content_type, content in fields:
        disposition = f'form-data; name="{_quoted(name)}"'
        if filename is not None:
            disposition += f'; filename="{_quoted(filename)}"'
        head = f"--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: {content_type}\r\n\r\n"
        out += [head.encode(), content, b"\r\n"]
    out.append(f"--{boundary}--\r\n".encode())
    return b"".join(out)


def _quoted(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
