"""Kept answers: what a question was answered with, as long as nothing it is made of changed.

An answer is kept under its indicator, its values, whose eyes it is for (the scope)
and the software's version; with it stand the data versions it was computed from. An answer about several
districts is kept district by district: after a new record only that district is asked again.

What is kept is not yet hidden: small groups are hidden from whoever may not see them afterwards.
Kept in this process and, when it took long, for the others and for after a start in files under the data folder.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from django.core.cache import caches

from mlezi import __version__
from mlezi.evaluation import areas, versions
from mlezi.evaluation.areas import OUTSIDE, Ground
from mlezi.evaluation.ask import Question
from mlezi.evaluation.engines import Row
from mlezi.places.scope import Scope

log = logging.getLogger(__name__)
IN_MEMORY = 150_000  # rows of answers, about 60 MB
FEW = 0.2  # of the districts: up to this share they are asked one by one, beyond it all at once
WORTH = 0.02  # seconds: what is computed sooner is not written to a file
MOST_OUTSIDE = 32  # places outside any district that are asked by name

Answer = TypeVar("Answer")
Rows = list[Row]
Read = Callable[[Question, bool], Rows]  # the question, and whether to tell districts apart


@dataclass(frozen=True)
class Kept:
    """Rows by area, each with the version it was computed from."""

    parts: Mapping[int, tuple[int, Rows]]


@dataclass(frozen=True)
class Whole:
    """Rows that are only known together, with the versions of all areas they come from."""

    token: str
    rows: Rows


class Memory:
    """The most recent answers of this process, as computed from their rows; `most` is the sum of their weights."""

    def __init__(self, most: int) -> None:
        self._most, self._weight, self._lock = most, 0, Lock()
        self._held: OrderedDict[str, tuple[Any, Any, int]] = OrderedDict()

    def get(self, key: str, token: Any) -> Any:
        with self._lock:
            held = self._held.get(key)
            if held is None or held[0] != token:
                return None
            self._held.move_to_end(key)
            return held[1]

    def set(self, key: str, token: Any, value: Any, weight: int) -> None:
        with self._lock:
            self._weight += weight - self._held.pop(key, (None, None, 0))[2]
            self._held[key] = (token, value, weight)
            while self._weight > self._most:
                self._weight -= self._held.popitem(last=False)[1][2]


MEMORY = Memory(IN_MEMORY)


def kept(
    name: str, question: Question, by: str | None, *, splits: bool, read: Read, compute: Callable[[Rows], Answer]
) -> Answer:
    """What `compute` makes of the rows of the question for a breakdown, from what is kept where that still holds.

    `name` tells the indicator and which rows of it. `splits`: whether they may be asked for district by district.
    """
    key, (ground, wanted, token) = _key(name, question), _present(question)
    splits = splits and bool(wanted)
    found: Answer | None = MEMORY.get(f"{key} by {by}", token)
    if found is None:
        rows: Rows | None = MEMORY.get(key, token)
        if rows is None:
            if splits and len(wanted) > 1:
                rows = _by_area(key, question, ground, wanted, read)
            else:
                rows = _whole(key, question, token, read)
            MEMORY.set(key, token, rows, 10 + len(rows))
        found = compute(rows)
        MEMORY.set(f"{key} by {by}", token, found, 10)
    return found


def is_at_hand(name: str, question: Question) -> bool:
    """Whether this process holds the rows of the question as they are now."""
    return MEMORY.get(_key(name, question), _present(question)[2]) is not None


def _present(question: Question) -> tuple[Ground, Mapping[int, int], str]:
    """What the question covers, the present version of each of its areas (none where it is of persons, who may be
    counted anywhere), and all of that as one token."""
    present = versions.now(question.programme)  # before anything is read: what is read may only be newer
    ground = areas.ground(question.scope, version=present.everywhere)
    wanted = {} if question.scope.persons else {area: present.of(area) for area in ground.areas}
    return ground, wanted, str(present.whole if question.scope.persons else wanted)


def remembered(name: str, question: Question, make: Callable[[], list[Answer]]) -> list[Answer]:
    """What is made of kept answers, in this process only, while no record of the programme changes."""
    key, token = _key(name, question), str(versions.now(question.programme).whole)
    found: list[Answer] | None = MEMORY.get(key, token)
    if found is None:
        found = make()
        MEMORY.set(key, token, found, 10 + len(found))
    return found


def _key(name: str, question: Question) -> str:
    values = sorted((key, str(value)) for key, value in question.values().items())
    return hashlib.sha256(repr((_software(), name, values)).encode()).hexdigest()


def _whole(key: str, question: Question, token: str, read: Read) -> Rows:
    stored = _stored(key)
    if isinstance(stored, Whole) and stored.token == token:
        return stored.rows
    begun = time.perf_counter()
    rows = read(question, False)
    _store(key, Whole(token, rows), time.perf_counter() - begun)
    return rows


def _by_area(key: str, question: Question, ground: Ground, wanted: Mapping[int, int], read: Read) -> Rows:
    stored = _stored(key)
    parts: dict[int, tuple[int, Rows]] = dict(stored.parts) if isinstance(stored, Kept) else {}
    stale = [area for area, version in wanted.items() if area not in parts or parts[area][0] != version]
    if stale:
        begun = time.perf_counter()
        for area, rows in _asked(question, ground, stale, read).items():
            parts[area] = (wanted[area], rows)
        parts = {area: parts[area] for area in wanted}
        _store(key, Kept(parts), time.perf_counter() - begun)
    return [row for area in wanted for row in parts[area][1]]


def _asked(question: Question, ground: Ground, stale: Collection[int], read: Read) -> dict[int, Rows]:
    """The rows of these areas: by themselves when they are few, else out of those of all."""
    found: dict[int, Rows] = {area: [] for area in stale}
    is_few = len(stale) <= max(1, FEW * len(ground.districts)) and len(ground.outside) <= MOST_OUTSIDE
    if is_few:
        ranges = dict(ground.districts)
        for area in stale:
            narrow = (ranges[area],) if area != OUTSIDE else ground.outside
            for row in read(_within(question, narrow), True):
                if row["area"] == area:
                    found[area].append(row)
    else:
        for row in read(question, True):
            if row["area"] in found:
                found[row["area"]].append(row)
    return found


def _within(question: Question, ranges: tuple[tuple[str, str], ...]) -> Question:
    """The question about what of the scope lies in these ranges."""
    inside = tuple(one for low, high in ranges for one in question.scope.narrowed(low, high).ranges)
    scope = Scope(inside, question.scope.programmes)
    return Question(question.programme, question.start, question.end, scope, question.rules)


@functools.cache
def _software() -> str:
    """The version, and a fingerprint of how figures are computed."""
    found = hashlib.sha256(__version__.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        if "tests" not in path.parts:
            found.update(path.read_bytes())
    return found.hexdigest()


@functools.cache
def _warn_once() -> None:
    log.warning("Answers cannot be kept under the data folder; pages are slower until they can.", exc_info=True)


def _stored(key: str) -> Any:
    try:
        return caches["answers"].get(key)
    except Exception:  # a damaged or foreign file is no answer
        _warn_once()
        return None


def _store(key: str, value: Any, seconds: float) -> None:
    if seconds < WORTH:
        return
    try:
        caches["answers"].set(key, value)
    except Exception:  # as on a full disk: the page is answered all the same
        _warn_once()
