"""A figure as a page shows it: one number, what it is out of, how sure it is, the way to its records.

Only the looks are here; what a figure means and how it is counted is `evaluation`'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Interval:
    """Where a value and its interval stand on a scale, each from 0 to 100."""

    low: float
    high: float
    at: float
    target: float | None = None
    words: str = ""

    @property
    def width(self) -> float:
        return max(self.high - self.low, 0.5)


@dataclass(frozen=True)
class Figure:
    """`value` empty means *no data*, and `note` says why; with a `fetch_url` it means *not yet*.

    `tone` is good, wait, late or nothing.
    """

    name: Words
    value: str
    unit: Words = ""
    note: Words = ""
    tone: str = ""
    open_url: str = ""
    open_text: Words = ""
    interval: Interval | None = None
    fetch_url: str = ""  # it is still being counted, and comes from there

    @property
    def is_empty(self) -> bool:
        return not self.value
