"""Reads days, numbers and yes-or-no out of cells, and notes on the row what could not be read."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

from django.utils.translation import gettext

from mlezi.audit.imports.findings import Finding

YES = {"yes", "y", "true", "1", "x", "ndiyo", "ndio"}
NO = {"no", "n", "false", "0", "hapana"}
EARLIEST = 1900  # nobody we ask was there before
SERIAL = range(18264, 73051)  # 1950 to 2099, as spreadsheets count days: a date that lost its format
FIRST_SERIAL = date(1899, 12, 30)
THOUSANDS = re.compile(r"[-−]?[1-9]\d{0,2}(?:,\d{3})+")
ANY = 1e12  # bounds as wide as this are not worth telling somebody who wrote a word


def day(finding: Finding, key: str) -> date | None:
    """A day as 2026-03-31, 31/03/2026, 31.3.2026 or 31-3-2026; the day comes before the month. Also 46112, as
    spreadsheets count days."""
    text = finding.says(key)
    if not text:
        return None
    year_first = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", text)
    day_first = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text)
    found = None
    if text.isascii() and text.isdecimal() and len(text) == 5 and int(text) in SERIAL:
        return FIRST_SERIAL + timedelta(days=int(text))
    try:
        if year_first:
            found = date(*(int(part) for part in year_first.groups()))
        if day_first:
            one, two, three = (int(part) for part in day_first.groups())
            found = date(three, two, one)
    except ValueError:
        pass
    if found is not None and found.year >= EARLIEST:
        return found
    if found is not None:
        finding.problem(too_early(text))
        return None
    finding.problem(gettext("“{text}” is no day. Write it as 2026-03-31 or 31/03/2026.").format(text=text))
    return None


def too_early(text: str) -> str:
    return gettext("“{text}” lies before {year}. Check the year.").format(text=text, year=EARLIEST)


def decimal(finding: Finding, key: str, *, lowest: float, highest: float) -> float | None:
    """A number within bounds; a comma may stand for the point, but not where it may stand for thousands as well."""
    text = finding.says(key)
    if not text:
        return None
    if THOUSANDS.fullmatch(text) and lowest <= float(text.replace(",", "").replace("−", "-")) <= highest:
        finding.problem(two_readings(text))
        return None
    try:
        value = float(text.replace(",", ".").replace("−", "-"))
    except ValueError:
        value = float("nan")
    if not lowest <= value <= highest:
        plain = math.isnan(value) and highest >= ANY
        said = (
            gettext("“{text}” is no number.") if plain else gettext("“{text}” is no number from {lowest} to {highest}.")
        )
        finding.problem(said.format(text=text, lowest=format(lowest, "g"), highest=format(highest, "g")))
        return None
    return value


def two_readings(text: str) -> str:
    plain, point = text.replace(",", ""), text.replace(",", ".")
    if text.count(",") > 1:
        return gettext("“{text}” has commas. Write {plain}.").format(text=text, plain=plain)
    words = gettext("“{text}” can be read as {plain} and as {point}. Write {plain} or {shorter}.")
    return words.format(text=text, plain=plain, point=point, shorter=point + "0")


def whole(finding: Finding, key: str, *, highest: int = 10_000_000) -> int | None:
    """A whole number that is not negative."""
    text = finding.says(key)
    if not text:
        return None
    bare = text.replace(" ", "").replace("'", "")
    if not (bare.isascii() and bare.isdecimal() and len(bare) < 12 and int(bare) <= highest):
        finding.problem(gettext("“{text}” is no whole number.").format(text=text))
        return None
    return int(bare)


def yes(finding: Finding, key: str) -> bool | None:
    """Yes or no; None when the cell is empty."""
    text = finding.says(key).casefold()
    if not text:
        return None
    if text in YES or text in NO:
        return text in YES
    finding.problem(gettext("“{text}” is neither yes nor no.").format(text=finding.says(key)))
    return None
