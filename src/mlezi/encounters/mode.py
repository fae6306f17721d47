"""What a mode of meeting is: a frozen description. The modes themselves are in `modes/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mode:
    """How people meet. Encounter types of a blueprint are declared on modes.

    `longest_minutes` and `most_participants` are what one meeting can plausibly have: beyond the first
    a length is not taken; beyond the second, per hour, the meeting is listed as implausible.
    """

    code: str
    title: Any  # a lazy translation
    sentence: Any
    at_a_place: bool  # held at a site, so that a place is expected and distance means something
    longest_minutes: int
    most_participants: int
    alone_possible: bool = False  # one person may hold it without a lead
