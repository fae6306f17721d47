"""Where the bytes of files lie: a folder of the installation, or an S3-compatible store by settings.

A file is kept under the hash of its content, so that a phone that sends it five times keeps it once
and a half-written file is never taken for a whole one. What is `put` here is durable when it returns.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage, storages

from mlezi.instruments import problems


class Content(Protocol):
    """Bytes that can be read in pieces, more than once: a Django file, spooled or in memory."""

    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class Stored:
    key: str
    sha256: str
    size: int


def put(content: Content, *, under: str) -> Stored:
    """Keep the bytes durably under `under/<hash>`; the same bytes again cost nothing.

    Raises OSError when the disk is full or cannot be written, or what the store's client raises.
    """
    storage = storages["default"]
    if isinstance(storage, FileSystemStorage):
        return _put_in_folder(content, Path(storage.location), under)
    stored = _measured(content, under)
    if not storage.exists(stored.key):
        content.seek(0)  # type: ignore[attr-defined]
        storage.save(stored.key, File(content))  # type: ignore[arg-type]
    return stored


def open_file(key: str) -> File[Any]:
    """The bytes under `key`, open for reading. Raises `FileGone`."""
    try:
        return default_storage.open(key, "rb")
    except FileNotFoundError as error:
        raise problems.FileGone from error


def pieces(key: str, size: int = 65_536) -> Iterator[bytes]:
    """The bytes under `key`, one piece after the other. Raises `FileGone` at once, not half-way into an answer."""
    if not default_storage.exists(key):
        raise problems.FileGone
    return _pieces(key, size)  # opens it when the first piece is wanted: an answer to HEAD leaves no file open


def _pieces(key: str, size: int) -> Iterator[bytes]:
    with open_file(key) as file:
        while piece := file.read(size):
            yield piece


def _measured(content: Content, under: str) -> Stored:
    digest, size = hashlib.sha256(), 0
    for piece in content.chunks():
        digest.update(piece)
        size += len(piece)
    sha256 = digest.hexdigest()
    return Stored(f"{under}/{sha256[:2]}/{sha256}", sha256, size)


def _put_in_folder(content: Content, root: Path, under: str) -> Stored:
    folder = root / under
    _make(folder)
    arriving = folder / f".arriving-{uuid.uuid4().hex}"
    digest, size = hashlib.sha256(), 0
    try:
        with arriving.open("xb") as file:
            for piece in content.chunks():
                digest.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        target = folder / sha256[:2] / sha256
        _make(target.parent)
        arriving.replace(target)
        _settle(target.parent)
    except BaseException:
        with suppress(OSError):
            arriving.unlink(missing_ok=True)
        raise
    return Stored(f"{under}/{sha256[:2]}/{sha256}", sha256, size)


def _make(folder: Path) -> None:
    """Create a folder so that it is still there after the power fails."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(exist_ok=True)
    _settle(folder.parent)


def _settle(folder: Path) -> None:
    """A new name is durable only once its folder is written too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
