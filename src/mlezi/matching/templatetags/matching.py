"""Words for numbers of matching."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from mlezi.matching.models import Choice
from mlezi.plumbing.words import number

register = template.Library()


@register.filter
def gap(share: float) -> str:
    """A share as a percentage with two figures that say something."""
    return f"{100 * share:.2g}"


@register.filter
def price(choice: Choice) -> str:
    """What a choice by hand costs, in mentees served and points of quality."""
    if choice.served_cost is None or choice.quality_cost is None:
        return gettext("not worked out yet")
    parts = []
    if choice.served_cost > 0:
        parts.append(gettext("serves {n} fewer").format(n=choice.served_cost))
    points = choice.quality_cost * 100
    if abs(points) >= 0.05:
        text = gettext("costs {n} points") if points > 0 else gettext("brings {n} points")
        parts.append(text.format(n=number(abs(points), 1)))
    return ", ".join(parts) or gettext("costs nothing")
