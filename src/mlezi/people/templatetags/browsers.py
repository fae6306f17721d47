"""What a person calls the browser that a session came from."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import gettext

register = template.Library()

# In this order: each of these names itself besides those after it.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
            ("Chrome", "Chrome"), ("Safari", "Safari"), ("ODK|collect", "ODK Collect"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone|iPad", "iOS"), ("Windows", "Windows"), ("Mac OS", "macOS"),
           ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


@register.filter
def browser(agent: str) -> str:
    """“Chrome on Android” out of what a browser says of itself; what it says, where nothing in it is known."""
    which, where = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    if which and where:
        return gettext("{browser} on {system}").format(browser=which, system=where)
    return which or where or agent[:60] or gettext("a browser that does not say which")


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for sign, name in known if re.search(sign, agent)), "")
