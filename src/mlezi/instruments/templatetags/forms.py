"""Remarks in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from mlezi.formats.trouble import Trouble

register = template.Library()


@register.filter
def said(trouble: Trouble) -> tuple[str, str, str]:
    """Where, reason and remedy."""
    return trouble.say(gettext)
