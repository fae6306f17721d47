"""The week in slots: three parts of seven days, as codes in the database and bits in the engine."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("am", "pm", "night")
DAY_NAMES = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
PART_NAMES = (_("morning"), _("afternoon"), _("night"))
CODES = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)


def mask(slots: Iterable[str]) -> int:
    """One bit for each slot; what is no slot is left out."""
    return sum(1 << CODES.index(code) for code in set(slots) if code in CODES)


def choices() -> list[tuple[str, str]]:
    """Every slot with its name."""
    return [(code, name(code)) for code in CODES]


def name(code: str) -> str:
    day, _dash, part = code.partition("-")
    return gettext("{day} {part}").format(day=DAY_NAMES[DAYS.index(day)], part=PART_NAMES[PARTS.index(part)])
