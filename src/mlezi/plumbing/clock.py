"""The one place that asks what time it is, so that tests and rebuilds can say."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place


def day_of(moment: datetime, zone: str) -> date:
    """The day of a moment where the programme is."""
    return moment.astimezone(ZoneInfo(zone)).date()


def today(zone: str = "Africa/Dar_es_Salaam") -> date:
    """The present day where the programme is."""
    return day_of(now(), zone)
