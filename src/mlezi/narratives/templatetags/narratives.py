"""The row of pages about texts and themes: those this person may open."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.narratives.tables import masked
from mlezi.plumbing.words import number, percent
from mlezi.programmes.permissions import Permission as P

register = template.Library()
TABS = (
    ("texts", _("Texts"), P.CODE_TEXTS),
    ("codebooks", _("Codebooks"), P.CODE_TEXTS),
    ("agreement", _("Agreement"), P.KEEP_TEXTS),
    ("themes", _("Themes"), P.SEE_COUNTS),
    ("cfir", _("Barriers and facilitators"), P.SEE_COUNTS),
    ("matrix", _("Matrix"), P.READ_TEXTS),
    ("readiness", _("Readiness"), P.SEE_COUNTS),
    ("exchange", _("Exchange"), P.KEEP_TEXTS),
)


@register.inclusion_tag("narratives/_tabs.html", takes_context=True)
def narrative_tabs(context: dict[str, Any], at: str) -> dict[str, Any]:
    request = context["request"]
    held = request.permissions
    return {
        "at": at,
        "tabs": [
            {"name": name, "title": title, "url": reverse(f"narratives:{name}", args=[request.programme.code])}
            for name, title, needed in TABS
            if needed in held
        ],
    }


@register.simple_tag(takes_context=True)
def count_link(context: dict[str, Any], n: int, side: str, code: Any, **cell: Any) -> Any:
    """A count that opens to its quotes; a small one is hidden from those who may not read the texts.

    `cell`: what the count keeps to besides, as month, group or the code it stands with.
    """
    asked = context["asked"]
    if not asked.reads_all:
        among = None if {"month", "fact"} & set(cell) else context["heard"].people
        return small(context, n, among)
    if not n:
        return "–"
    address = reverse("narratives:quotes", args=[context["request"].programme.code])
    more = "".join(f"&{urlencode({name: value})}" for name, value in {"side": side, **cell}.items() if value)
    return format_html('<a href="{}{}&code={}{}">{}</a>', address, asked.query, code.pk, more, n)


@register.simple_tag(takes_context=True)
def small(context: dict[str, Any], n: int, of: int | None = None) -> Any:
    """A count as this person may see it; `of` are all who were heard."""
    if context["asked"].reads_all or masked(n, of) is not None:
        return n or "–"
    return f"<{settings.SMALL_GROUP}" if n < settings.SMALL_GROUP else gettext("hidden")


@register.simple_tag
def estimate_of(estimate: Any, scale: str = "") -> str:
    """A coefficient with its interval, or that it cannot be computed."""
    if estimate.point is None:
        return gettext("no data")

    def shown(value: float) -> str:
        return str(percent(value, 1) if scale else number(value, 2))

    interval = f" ({shown(estimate.low)} – {shown(estimate.high)})" if estimate.low is not None else ""
    return f"{shown(estimate.point)}{interval}"


@register.simple_tag
def mean_of(estimate: Any) -> str:
    """A mean with its n, or that too few are known."""
    if estimate is None or estimate.point is None:
        return gettext("too few")
    return gettext("{mean} (n = {n})").format(mean=number(estimate.point, 1), n=estimate.n_used)
