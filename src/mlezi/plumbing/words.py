"""Words as pages show them: titles kept in several languages, states as badges, shares, missing values."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

TONES = {"", "good", "wait", "late", "note"}


def worded(title: object, language: str | None = None) -> str:
    """A title kept as {language: words}, in the reader's language, else English, else whatever there is.

    A language is named as `sw`, or as forms name it: `Kiswahili (sw)`.
    """
    if not isinstance(title, Mapping):
        return str(title or "")
    wanted = (language or get_language() or "en").split("-")[0]
    for code in (wanted, "en"):
        named = next((key for key in title if title[key] and (key == code or str(key).endswith(f"({code})"))), None)
        if named is not None:
            return str(title[named])
    return next((str(words) for words in title.values() if words), "")


def badge(text: object, tone: str = "") -> SafeString:
    if tone not in TONES:
        raise ValueError(f"a badge is one of {sorted(TONES)}, not {tone}")
    return format_html('<span class="badge{}">{}</span>', f" badge-{tone}" if tone else "", text)


def percent(share: float | None, digits: int = 0) -> str:
    """A share of 1 as a percentage; None is *no data*, never 0."""
    if share is None:
        return gettext("no data")
    return number_format(round(share * 100, digits), digits) + "\N{NO-BREAK SPACE}%"


def number(value: float | None, digits: int = 0) -> str:
    """A number with the reader's separators; None is *no data*, never 0."""
    return gettext("no data") if value is None else number_format(round(value, digits), digits, force_grouping=True)
