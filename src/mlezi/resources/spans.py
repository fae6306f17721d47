"""Runs of lacking: what was seen at a site, day by day, becomes needs with a beginning and an end. Pure.

A need begins on the day something is first seen lacking and lasts until it is seen there again, or
until a person decides that it is met. A later lacking is a new need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

ALL_OF_KIND = ""  # a form said that nothing of this kind is lacking


class Seen(NamedTuple):
    id: UUID
    submission_id: UUID
    encounter_uid: UUID | None
    item: str
    detail: str
    on: date
    is_there: bool


class Decided(NamedTuple):
    """The newest decision about a need."""

    outcome: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """One need. `id` is that of the sighting which began it, or of the one people decided about."""

    id: UUID
    first: Seen
    seen_met_on: date | None
    decided: Decided | None


def spans(sightings: Iterable[Seen], decisions: Mapping[UUID, Decided]) -> list[Span]:
    """Needs at one site of one kind. `decisions` by sighting id; what a person decided keeps its id."""
    seen = sorted(sightings, key=lambda one: (one.on, not one.is_there, one.id))
    items = sorted({one.item for one in seen if one.item != ALL_OF_KIND})
    found = []
    for item in items:
        found += _of_item([one for one in seen if one.item in {item, ALL_OF_KIND}], decisions)
    return found


def _of_item(seen: Sequence[Seen], decisions: Mapping[UUID, Decided]) -> list[Span]:
    found: list[Span] = []
    run: list[Seen] = []
    for one in seen:
        if run and one.on > _met_on(run, decisions):
            found.append(_close(run, None, decisions))
            run = []
        if not one.is_there:
            run.append(one)
        elif run:
            found.append(_close(run, one.on, decisions))
            run = []
    if run:
        found.append(_close(run, None, decisions))
    return found


def _met_on(run: Sequence[Seen], decisions: Mapping[UUID, Decided]) -> date:
    """The day a person said this run was met; the end of time when nobody did."""
    newest = _newest(run, decisions)
    return newest[1].on if newest and newest[1].outcome == "met" else date.max


def _close(run: Sequence[Seen], met_on: date | None, decisions: Mapping[UUID, Decided]) -> Span:
    newest = _newest(run, decisions)
    id_, decided = newest or (run[0].id, None)
    return Span(id_, run[0], met_on, decided)


def _newest(run: Sequence[Seen], decisions: Mapping[UUID, Decided]) -> tuple[UUID, Decided] | None:
    decided = [(one.id, decisions[one.id]) for one in run if one.id in decisions]
    return max(decided, key=lambda pair: (pair[1].at, pair[0])) if decided else None
