"""Where spans of a text went after it was edited. Positions are code points, the end not included.

An edit is (start, end, words) on the old text: those characters gave way to these words. A span that touches no
edit keeps its words; one that an edit cuts into is *changed*; one whose words are all gone is *lost*.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Fate = Literal["same", "changed", "lost"]
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
MOST_COMPARED = 4_000  # tokens on a side; beyond, a block counts as replaced whole


class Edit(NamedTuple):
    start: int
    end: int
    words: str


class Placed(NamedTuple):
    start: int
    end: int
    fate: Fate


@dataclass(frozen=True)
class Carrier:
    """Knows where every position of the old text went."""

    edits: tuple[Edit, ...]
    ends: tuple[int, ...]
    shifts: tuple[int, ...]  # how far what follows the first n edits moved

    def place(self, start: int, end: int) -> Placed:
        """The span's new position. Words put right before or after it stay outside."""
        new_start, new_end = self._start(start), self._end(end)
        inside = [one for one in self.edits if one.start < end and one.end > start]
        inserted = [one for one in self.edits if one.start == one.end and start < one.start < end]
        if not inside and not inserted:
            return Placed(new_start, max(new_start, new_end), "same")
        kept = (end - start) - sum(min(one.end, end) - max(one.start, start) for one in inside)
        given = any(one.words for one in inside if one.start >= start and one.end <= end)
        if kept <= 0 and not given:
            return Placed(new_start, max(new_start, new_end), "lost")
        return Placed(new_start, max(new_start, new_end), "changed")

    def _start(self, position: int) -> int:
        """Of the first character at or after `position`."""
        n = bisect_right(self.ends, position)
        # Edits that begin before the position and end after it: the span begins where their words begin.
        if n < len(self.edits) and self.edits[n].start <= position < self.edits[n].end:
            return self.edits[n].start + self.shifts[n]
        return position + self.shifts[n]

    def _end(self, position: int) -> int:
        """Behind the last character before `position`; words inserted there stay outside."""
        n = bisect_right(self.ends, position)
        while n and self.edits[n - 1].start == position and self.edits[n - 1].end == position:
            n -= 1
        if n < len(self.edits) and self.edits[n].start < position < self.edits[n].end:
            return self.edits[n].start + self.shifts[n] + len(self.edits[n].words)
        return position + self.shifts[n]


def carrier(edits: Iterable[Edit]) -> Carrier:
    """Raises ValueError when edits overlap."""
    ordered = tuple(sorted(edits, key=lambda one: (one.start, one.end)))
    shifts = [0]
    for before, after in zip(ordered, ordered[1:], strict=False):
        if after.start < before.end:
            raise ValueError(f"edits overlap at {after.start}")
    for one in ordered:
        shifts.append(shifts[-1] + len(one.words) - (one.end - one.start))
    return Carrier(ordered, tuple(one.end for one in ordered), tuple(shifts))


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits."""
    parts, at = [], 0
    for one in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[at : one.start], one.words]
        at = one.end
    return "".join([*parts, text[at:]])


def between(old: str, new: str) -> list[Edit]:
    """Edits that make `new` of `old`: compared line by line first, then word by word where lines differ."""
    if old == new:
        return []
    return [edit for edit in _blocks(_split(old, "\n"), _split(new, "\n"), 0, fine=True) if edit]


def _split(text: str, sign: str) -> list[str]:
    return text.splitlines(keepends=True) if sign == "\n" else _TOKEN.findall(text)


def _blocks(old: list[str], new: list[str], at: int, *, fine: bool) -> list[Edit]:
    edits: list[Edit] = []
    starts = [at]
    for piece in old:
        starts.append(starts[-1] + len(piece))
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        tokens = (_split(gone, ""), _split(come, "")) if fine and gone and come else ([], [])
        if tokens[0] and max(map(len, tokens)) <= MOST_COMPARED:
            edits += _blocks(*tokens, starts[i], fine=False)
        else:
            edits.append(Edit(starts[i], starts[j], come))
    return edits
