"""What the text of an answer says as a value. Every function gives None for what it cannot read."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from uuid import UUID

_YES = frozenset({"yes", "y", "1", "true", "ok", "met", "present", "ndiyo"})
_NO = frozenset({"no", "n", "0", "false", "not_met", "absent", "hapana"})
_NOTHING = frozenset({"none", "nothing", "hakuna"})
_HEX = re.compile(r"[0-9a-fA-F]{32}")
LARGEST = 2_000_000_000  # what both databases hold in a plain integer


def truth(text: str) -> bool | None:
    """Yes or no, in the words that forms use; "na" and all else is None."""
    word = text.strip().lower()
    if word in _YES:
        return True
    return False if word in _NO else None


def is_nothing(text: str) -> bool:
    """Whether the answer says in so many words that there is none."""
    return text.strip().lower() in _NOTHING


@lru_cache(maxsize=50_000)  # the same people and places are named again and again
def uid(text: str) -> UUID | None:
    """A UUID with or without dashes, braces or the "uuid:" that OpenRosa puts before it."""
    bare = text.strip().lower().removeprefix("uuid:").strip("{}").replace("-", "")
    return UUID(hex=bare) if len(bare) == 32 and _HEX.fullmatch(bare) else None


def number(text: str) -> float | None:
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def whole(text: str) -> int | None:
    """A whole number of a size that both databases hold; halves are rounded to even."""
    value = number(text)
    return round(value) if value is not None and abs(value) <= LARGEST else None


def exact(text: str) -> int | None:
    """A whole number as it was meant, 3 or 3.0: where a half is a mistake and not a measure."""
    value = number(text)
    return int(value) if value is not None and abs(value) <= LARGEST and value.is_integer() else None


def day(text: str) -> date | None:
    """The calendar day as written: the zone of a date-time does not move it."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def moment(text: str, *, zone: tzinfo, on: date | None) -> datetime | None:
    """A date-time, or a time of day on `on`, in UTC. Without an offset it is local time of `zone`."""
    raw = text.strip().replace("Z", "+00:00")
    if re.search(r"[+-]\d\d$", raw) and ("T" in raw or ":" in raw):
        raw += ":00"
    try:
        if "T" in raw or " " in raw:
            read = datetime.fromisoformat(raw)
        elif on is not None and ":" in raw:
            read = datetime.combine(on, time.fromisoformat(raw))
        else:
            return None
        aware = read if read.tzinfo else read.replace(tzinfo=zone)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def geopoint(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of "lat lon [altitude [accuracy]]". 0 0 is a phone that had no fix."""
    parts = [number(part) for part in text.split()[:2]]
    if len(parts) < 2 or parts[0] is None or parts[1] is None:
        return None
    latitude, longitude = parts[0], parts[1]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or (latitude == 0 and longitude == 0):
        return None
    return latitude, longitude


def is_no_fix(text: str) -> bool:
    """Whether it is the "0 0" of a phone that found no position."""
    return [number(part) for part in text.split()[:2]] == [0, 0]


def choices(text: str) -> list[str]:
    """The chosen values of a select-multiple, each once, in the order chosen."""
    return list(dict.fromkeys(text.split()))
