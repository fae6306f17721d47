"""Small pieces every template may use, without loading anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from mlezi.plumbing import assets, words

register = template.Library()
register.filter("worded", words.worded)


@register.simple_tag
def styles(name: str) -> SafeString:
    """Links to the styles of `frontend/<name>/`, and an early request for its typeface."""
    built = assets.entry(name)
    fonts = format_html_join(
        "",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        ((static(font),) for font in built.fonts),
    )
    return fonts + format_html_join("", '<link rel="stylesheet" href="{}">', ((static(one),) for one in built.styles))


@register.simple_tag
def scripts(name: str) -> SafeString:
    """The script of `frontend/<name>/`, run after the page was read."""
    built = assets.entry(name)
    if not built.script:
        return mark_safe("")
    return format_html('<script type="module" src="{}"></script>', static(built.script))


@register.simple_tag
def crumb(title: object, url: str | None = None) -> SafeString:
    """One step of the trail above a page: the page itself without an address, words when it leads nowhere ("")."""
    if url is None:
        return format_html('<li class="breadcrumb-item active" aria-current="page">{}</li>', title)
    if not url:
        return format_html('<li class="breadcrumb-item">{}</li>', title)
    return format_html('<li class="breadcrumb-item"><a href="{}">{}</a></li>', url, title)


@register.simple_tag(takes_context=True)
def carried(
    context: template.Context, choices: Iterable[Mapping[str, Any]], has_search: bool | str = False
) -> SafeString:
    """What else the address asks, so that a form of `choices` leaves it as it is; only the page starts anew."""
    own = {str(one["key"]) for one in choices} | {"page", "format"} | ({"q"} if has_search else set())
    asked = context["request"].GET.lists() if "request" in context else ()
    kept = ((key, value) for key, values in asked if key not in own for value in values)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


@register.simple_tag
def badge(text: object, tone: str = "") -> SafeString:
    """A short state. `tone` is good, wait, late, note or nothing; the shape before it says the same as the colour."""
    return words.badge(text, tone)


@register.filter
def unlocal(value: float) -> str:
    """A number as stylesheets write it, whatever the reader's language."""
    return f"{float(value):.4g}"


@register.filter
def hours(minutes: float | None) -> str:
    """Minutes as "2 h 30 min"; unknown stays unknown."""
    if minutes is None:
        return gettext("not known")
    whole, rest = divmod(round(minutes), 60)
    if not whole:
        return gettext("{n} min").format(n=rest)
    return gettext("{h} h {m} min").format(h=whole, m=rest) if rest else gettext("{h} h").format(h=whole)


@register.filter
def day(value: date | None) -> str:
    """A day in words, or that nobody knows it."""
    return date_format(value, "j M Y") if value else gettext("not known")


@register.filter
def days_ago(value: date | None, today: date) -> str:
    """How long ago a day was, as people say it."""
    if value is None:
        return gettext("never")
    n = (today - value).days
    if n == 0:
        return gettext("today")
    if n < 0:
        return ngettext("in {n} day", "in {n} days", -n).format(n=-n)
    return ngettext("{n} day ago", "{n} days ago", n).format(n=n)
