"""Reads days, numbers and yes-or-no out of cells, and notes on the row what could not be read."""

from __future__ import annotations

import math
import re
from datetime import date

from django.utils.translation import gettext

from mlezi.audit.imports.findings import Finding

YES = {"yes", "y", "true", "1", "x", "ndiyo", "ndio"}
NO = {"no", "n", "false", "0", "hapana"}
ANY = 1e12  # bounds as wide as this are not worth telling somebody who wrote a word


def day(finding: Finding, key: str) -> date | None:
    """A day as 2026-03-31, 31/03/2026, 31.3.2026 or 31-3-2026; the day comes before the month."""
    text = finding.says(key)
    if not text:
        return None
    year_first = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", text)
    day_first = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text)
    try:
        if year_first:
            return date(*(int(part) for part in year_first.groups()))
        if day_first:
            one, two, three = (int(part) for part in day_first.groups())
            return date(three, two, one)
    except ValueError:
        pass
    finding.problem(gettext("“{text}” is no day. Write it as 2026-03-31 or 31/03/2026.").format(text=text))
    return None


def decimal(finding: Finding, key: str, *, lowest: float, highest: float) -> float | None:
    """A number within bounds; a comma may stand for the point."""
    text = finding.says(key)
    if not text:
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
