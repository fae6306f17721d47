"""Waves of a schedule for one person: an anchor and offsets in, days out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

REMINDERS = (7, 21)  # days after asking, where a schedule does not say


class Due(NamedTuple):
    """One wave, and the days on which it opens and closes (the last day; None: it stays open)."""

    wave: str
    due_on: date
    closes_on: date | None


@dataclass(frozen=True)
class Wave:
    code: str
    offset_days: int = 0
    window_days: int | None = None
    title: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Schedule:
    """When one form is due for whom, as the blueprint says it."""

    code: str
    form: str
    who: tuple[str, ...]
    anchor: str
    title: Mapping[str, str]
    waves: tuple[Wave, ...]
    on: date | None = None
    encounter: str = ""
    course: str = ""
    remind_after_days: tuple[int, ...] = REMINDERS

    def due(self, anchor: date) -> Iterator[Due]:
        """Every wave, counted from the anchor's day. A window of one day closes on the day it opens."""
        for wave in self.waves:
            day = anchor + timedelta(days=wave.offset_days)
            closes = day + timedelta(days=wave.window_days - 1) if wave.window_days else None
            yield Due(wave.code, day, closes)


def read(said: Mapping[str, Any]) -> Schedule:
    """One entry of the blueprint's `schedules`. Without waves of its own it is one wave under its own code."""
    alone = {name: said.get(name) for name in ("code", "offset_days", "window_days", "title")}
    waves = said.get("waves") or [alone]
    on = said.get("on")
    return Schedule(
        code=said["code"],
        form=said["form"],
        who=tuple(said["who"]),
        anchor=said.get("anchor") or "enrolment",
        title=said.get("title") or {},
        waves=tuple(
            Wave(one["code"], one.get("offset_days") or 0, one.get("window_days"), one.get("title")) for one in waves
        ),
        on=date.fromisoformat(str(on)) if on else None,
        encounter=said.get("encounter") or "",
        course=said.get("course") or "",
        remind_after_days=tuple(said.get("remind_after_days") or REMINDERS),
    )


def schedules(blueprint: Mapping[str, Any]) -> tuple[Schedule, ...]:
    return tuple(read(one) for one in blueprint.get("schedules") or ())
