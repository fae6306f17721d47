"""The body of a submission: spooled whole, so that quarantine can have every byte of it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from mlezi.instruments.arrivals import Raw
from mlezi.instruments.unpacking import PIECE, Body, Slice, read
from mlezi.openrosa import problems

IN_MEMORY = 1_000_000
KEPT_HEADERS = ("Content-Type", "Content-Length", "Content-Encoding", "User-Agent", "Date", "X-OpenRosa-Version")
SQUEEZED = {"gzip", "x-gzip", "deflate"}


@contextmanager
def spooled(request: HttpRequest) -> Iterator[Body]:
    """Read the request. Raises `TooLarge` or `CutOff`, when nothing of it is kept."""
    with SpooledTemporaryFile(IN_MEMORY, dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        size = _pour(request, file)
        body = cast(BinaryIO, file)
        headers = {name: request.headers[name] for name in KEPT_HEADERS if name in request.headers}
        raw = Raw(Slice(body, 0, size), headers)
        squeezed = request.headers.get("Content-Encoding", "").strip().lower()
        if squeezed in ("", "identity"):
            yield read(body, size, raw)
            return
        with SpooledTemporaryFile(IN_MEMORY, dir=settings.FILE_UPLOAD_TEMP_DIR) as wide:
            yield _widened(raw, squeezed, cast(BinaryIO, wide))


def _widened(raw: Raw, squeezed: str, wide: BinaryIO) -> Body:
    """The body as it was before the sender squeezed it. One that cannot be opened is kept as it came."""
    if squeezed not in SQUEEZED:
        return Body(None, raw, trouble=f"the body is squeezed as {squeezed}, which is not read here")
    try:
        size = _pour_out(raw, wide)
    except zlib.error as error:
        return Body(None, raw, trouble=f"the body is squeezed as {squeezed} and damaged: {error}")
    headers = {name: value for name, value in raw.headers.items() if name not in ("Content-Encoding", "Content-Length")}
    return read(wide, size, Raw(Slice(wide, 0, size), headers))


def _pour_out(raw: Raw, wide: BinaryIO) -> int:
    """Raises `zlib.error` when it is damaged or breaks off, `TooLarge` before it fills the disk."""
    limit, size = settings.MAX_SUBMISSION_BYTES, 0
    opened = zlib.decompressobj(zlib.MAX_WBITS | 32)  # of gzip and zlib, whichever it says of itself
    for squeezed in raw.body.chunks():
        waiting = squeezed
        while waiting and not opened.eof:
            piece = opened.decompress(waiting, PIECE)
            waiting = opened.unconsumed_tail
            size += len(piece)
            if size > limit:
                raise problems.TooLarge(limit=limit // 1_000_000)
            wide.write(piece)
    if not opened.eof:
        raise zlib.error("it breaks off")
    return size


def _pour(request: HttpRequest, file: IO[bytes]) -> int:
    """Copy the request's body, never more than the limit, whichever way its length is told."""
    chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    announced = 0 if chunked else int(request.headers.get("Content-Length") or 0)
    limit = settings.MAX_SUBMISSION_BYTES
    if announced > limit:
        raise problems.TooLarge(limit=limit // 1_000_000)
    source = request.META["wsgi.input"] if chunked else request
    size = 0
    try:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > limit:
                raise problems.TooLarge(limit=limit // 1_000_000)
            file.write(piece)
    except UnreadablePostError as error:
        raise problems.CutOff from error
    if size < announced:
        raise problems.CutOff
    return size
