"""The body of a submission: spooled whole, so that quarantine can have every byte of it."""

from __future__ import annotations

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
KEPT_HEADERS = ("Content-Type", "Content-Length", "User-Agent", "Date", "X-OpenRosa-Version")


@contextmanager
def spooled(request: HttpRequest) -> Iterator[Body]:
    """Read the request. Raises `TooLarge` or `CutOff`, when nothing of it is kept."""
    with SpooledTemporaryFile(IN_MEMORY, dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        size = _pour(request, file)
        body = cast(BinaryIO, file)
        headers = {name: request.headers[name] for name in KEPT_HEADERS if name in request.headers}
        yield read(body, size, Raw(Slice(body, 0, size), headers))


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
