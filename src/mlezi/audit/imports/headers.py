"""Finds our columns in the headers people write: capitals, accents, spaces and other names do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from mlezi.audit.imports.kinds import Column


def bare(header: str) -> str:
    """ "Jina la Kituo *" and "jina_la_kituo" are the same header."""
    plain = unicodedata.normalize("NFKD", header.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def matched(
    header: Sequence[str], columns: Sequence[Column], *, told: Mapping[str, str] | None = None
) -> tuple[dict[str, int], list[str]]:
    """Where each of our columns stands in the file, and the file's columns that nothing uses.

    `told` maps our key to the file's header and wins. The first column of several that fit is taken.
    """
    there = {bare(name): index for index, name in reversed(list(enumerate(header))) if name}
    found: dict[str, int] = {}
    for column in columns:
        names = [column.key, str(column.title), *column.also]
        if told and column.key in told:
            names = [told[column.key]]
        index = next((there[bare(name)] for name in names if bare(name) in there), None)
        if index is not None and index not in found.values():
            found[column.key] = index
    unused = [name for index, name in enumerate(header) if name and index not in found.values()]
    return found, unused
