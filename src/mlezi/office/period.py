"""The days a page tells of, as the address bar says them: `days=30`, `month=2026-03` or `quarter=2026-Q1`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext

DAYS = 30


@dataclass(frozen=True)
class Period:
    """From `start` up to but not including `end`. `key` is what the address bar says."""

    start: date
    end: date
    key: str
    title: str

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def is_month(self) -> bool:
        return len(self.key) == len("2026-03") and "Q" not in self.key

    @property
    def span(self) -> str:
        """Its first and last day in words."""
        return f"{date_format(self.start, 'j M Y')} – {date_format(self.last, 'j M Y')}"

    @property
    def query(self) -> str:
        return urlencode({"period": self.key})


def _month_start(day: date, back: int = 0) -> date:
    months = max(12, day.year * 12 + day.month - 1 - back)  # the calendar begins with the year 1
    return date(months // 12, months % 12 + 1, 1)


def month_of(day: date, *, today: date) -> Period:
    """The calendar month of the day; the present month goes up to today."""
    start = _month_start(day)
    return Period(start, _capped(_month_start(start, -1), start, today), f"{start:%Y-%m}", date_format(start, "F Y"))


def quarter_of(day: date, *, today: date) -> Period:
    start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    number = (start.month - 1) // 3 + 1
    title = gettext("Quarter {n} of {year}").format(n=number, year=start.year)
    return Period(start, _capped(_month_start(start, -3), start, today), f"{start.year}-Q{number}", title)


def _capped(end: date, start: date, today: date) -> date:
    return max(min(end, today + timedelta(days=1)), start + timedelta(days=1))


def recent(today: date, days: int = DAYS) -> Period:
    start = today - timedelta(days=days - 1)
    return Period(start, today + timedelta(days=1), f"{days}d", gettext("Last {n} days").format(n=days))


def chosen(asked: Mapping[str, str], *, today: date, default: str = "30d") -> Period:
    """The period that the address names; the default when it names none or nonsense."""
    key = asked.get("period") or default
    try:
        if key.endswith("d"):
            return recent(today, max(1, min(int(key[:-1]), 3660)))
        if "Q" in key:
            year, number = key.split("-Q")
            return quarter_of(date(_year(year), (int(number) - 1) * 3 + 1, 1), today=today)
        year, month = key.split("-")
        return month_of(date(_year(year), int(month), 1), today=today)
    except ValueError:
        return recent(today)


def _year(text: str) -> int:
    """A year within living memory, or as far ahead as anybody looks. Raises ValueError."""
    year = int(text)
    if not 1970 <= year <= 2199:
        raise ValueError(year)
    return year


def choices(today: date, *, since: date | None = None) -> list[tuple[str, str]]:
    """What a person may choose: recent days, this and the last quarters, the last twelve months."""
    quarters = [quarter_of(_month_start(today, 3 * back), today=today) for back in range(5)]
    months = months_until(today, 12)[::-1]
    periods = [recent(today), recent(today, 90), *quarters, *months]
    return [(one.key, one.title) for one in periods if since is None or one.end > since]


def months_until(today: date, count: int) -> list[Period]:
    """The last `count` months, the present one last."""
    return [month_of(_month_start(today, back), today=today) for back in range(count - 1, -1, -1)]


def filter_of(period: Period, today: date, since: date | None, *, only: str = "") -> dict[str, object]:
    """The period as one choice of a filter bar."""
    offered = [(key, title) for key, title in choices(today, since=since) if only in key]
    if period.key not in {key for key, _ in offered}:
        offered.append((period.key, period.title))
    return {"key": "period", "title": gettext("Period"), "choices": offered, "chosen": period.key}
