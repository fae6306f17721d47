"""What a check says of one figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"  # the printed figures cannot all be true
    OPEN = "open"  # the text does not say enough to tell


@dataclass(frozen=True)
class Finding:
    """`quote` stands in the text at `start` (a code point). `code` and `values` say what was found, see `sayings`."""

    check: str
    verdict: Verdict
    start: int
    end: int
    quote: str
    code: str
    values: dict[str, str | int | float] = field(default_factory=dict)
    would_be: str = ""  # what it would have to be, where that can be told
