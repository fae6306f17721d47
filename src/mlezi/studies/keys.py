"""Keys that stand for persons, places and encounters in one snapshot, and how to find back who they are.

A key is the start of SHA-256 over the snapshot's salt and the row's own id. The salt stays in the database:
without it nobody gets from a key to a person, and two snapshots cannot be joined on their keys.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

LENGTH = 14


def key(salt: bytes, kind: str, subject: object) -> str:
    """`kind` is P (person), S (place), E (encounter)."""
    return kind + hashlib.sha256(f"{salt.hex()}:{kind}:{subject}".encode()).hexdigest()[:LENGTH]


def in_sql(salt: bytes, kind: str, subject: str) -> str:
    """The same as an expression of DuckDB over a column; empty where the column is."""
    return f"'{kind}' || substr(sha256('{salt.hex()}:{kind}:' || ({subject})::VARCHAR), 1, {LENGTH})"


def known(salt: bytes, kind: str, subjects: Iterable[object]) -> dict[str, object]:
    """Key → subject, for whoever may know."""
    return {key(salt, kind, subject): subject for subject in subjects}
