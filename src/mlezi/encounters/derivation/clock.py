"""Days, times and lengths, and what to do when a clock is wrong: leave out what it spoiled, keep the rest. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.known import Known
from mlezi.instruments.derivation.unit import Source, Unit

AHEAD = timedelta(days=1)  # a record may be dated one day after it arrived: zones, and midnight
LONGEST_DELAY = timedelta(days=3 * 365)  # older than this at arrival: a clock that was never set
BY_HAND = ("file", "paper")  # no clock said it: somebody read the day from a sheet
BEFORE_START = timedelta(days=366)  # a programme may take in a year of records from before it began


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def day(unit: Unit, source: Source, fact: Fact, known: Known) -> date | None:
    """The day an answer names, unless it breaks a rule; then the answer is flagged."""
    named = answers.day(fact.value)
    if named is None:
        unit.flag(source, fact, "not_a_date")
        return None
    rule = wrong(named, source, known)
    if rule:
        unit.flag(source, fact, rule)
        return None
    return named


def wrong(named: date, source: Source, known: Known) -> str:
    """Which rule a day breaks, or ""."""
    received = local_day(source.received_at, known.zone)
    if named > received + AHEAD:
        return "in_the_future"
    is_old = source.kind not in BY_HAND and named < received - LONGEST_DELAY
    if is_old or (known.starts_on and named < known.starts_on - BEFORE_START):
        return "too_long_ago"
    return ""


@dataclass(frozen=True, slots=True)
class Span:
    """What one source's clock says. `minutes` may hold although the hour of day does not."""

    source: Source
    day: date | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: int | None = None


def span(unit: Unit, source: Source, known: Known, *, stated: date | None, longest: int) -> Span:
    """Begin, end and length by a source's clock, checked against the day that was stated."""
    begin, end = source.facts.first("encounter.start"), source.facts.first("encounter.end")
    started = _moment(unit, source, begin, known, stated)
    ended = _moment(unit, source, end, known, stated)
    minutes = None
    if started and ended and end:
        if ended < started:
            unit.flag(source, end, "ends_before_start")
            ended = None
        else:
            minutes = round((ended - started).total_seconds() / 60)
            if minutes > longest:
                unit.flag(source, end, "too_many_minutes")
                minutes, ended = None, None
    either = started or ended
    by_clock = local_day(either, known.zone) if either else None
    fact = begin if started else end
    if by_clock and fact:
        rule = wrong(by_clock, source, known)
        if not rule and stated and abs((by_clock - stated).days) > 1:
            rule = "another_day"
        if rule:
            unit.flag(source, fact, rule)
            return Span(source, None, None, None, minutes)
    return Span(source, by_clock, started, ended, minutes)


def _moment(unit: Unit, source: Source, fact: Fact | None, known: Known, on: date | None) -> datetime | None:
    if fact is None:
        return None
    moment = answers.moment(fact.value, zone=known.zone, on=on)
    if moment is None and not (on is None and ":" in fact.value):
        unit.flag(source, fact, "not_a_time")
    return moment


def fallback_day(source: Source, known: Known) -> date:
    """When nobody says which day: the day the phone closed the form, else the day the record arrived."""
    if source.device_time_at:
        closed = local_day(source.device_time_at, known.zone)
        if not wrong(closed, source, known):
            return closed
    return local_day(source.received_at, known.zone)
