"""The app as a set of files a phone keeps: what it is made of, and under which version.

The version changes when anything in it changes, and with it the bytes of the service worker, which is
how a browser learns that there is something new.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from mlezi import __version__
from mlezi.field import words
from mlezi.plumbing import assets

NAME = "field"
ICONS = ("icon-192.png", "icon-512.png", "icon-mask-512.png")
COLOUR, BEHIND = "#0b3538", "#eef4f2"


def languages() -> list[dict[str, str]]:
    """Those that are complete. French, Spanish and Portuguese join when their catalogues are."""
    return [{"code": code, "name": name} for code, name in settings.LANGUAGES if code in settings.READY_LANGUAGES]


def said(language: str) -> bytes:
    """Every sentence of the app in that language."""
    with translation.override(language):
        return json.dumps(words.words(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def files() -> list[str]:
    """Addresses of everything the app needs to start without a line, the page first."""
    built = assets.entry(NAME)
    named = [static(path) for path in (built.script, *built.styles, *built.fonts) if path]
    chunks = [f"{settings.STATIC_URL}{path}" for path in built.chunks]  # scripts import each other by their plain names
    sentences = [reverse("field:words", args=[one["code"]]) for one in languages()]
    icons = [static(f"field/{name}") for name in ICONS]
    return [reverse("field:page"), *named, *chunks, *sentences, reverse("field:manifest"), *icons]


def version() -> str:
    """Short and the same for the same files."""
    mark = hashlib.sha256(json.dumps(files()).encode())
    for one in languages():
        mark.update(said(one["code"]))
    return f"{__version__}+{mark.hexdigest()[:10]}"


def config() -> dict[str, Any]:
    """What the page tells its script; nothing about any person."""
    return {
        "version": version(),
        "languages": languages(),
        "language": settings.LANGUAGE_CODE,
        "words": {one["code"]: reverse("field:words", args=[one["code"]]) for one in languages()},
        "worker": reverse("field:worker"),
        "home": reverse("field:page"),
    }


def worker() -> str:
    """The service worker: which files it keeps, then what it does with them."""
    facts = json.dumps({"version": version(), "home": reverse("field:page"), "files": files()})
    code = Path(assets.BUILT) / "worker.js"
    return f"self.SHELL={facts};\n{code.read_text('utf-8') if code.exists() else ''}"


def manifest() -> dict[str, Any]:
    """What makes the page an app that can be installed."""
    home = reverse("field:page")
    return {
        "id": home,
        "name": "Mlezi",
        "short_name": "Mlezi",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "orientation": "any",
        "theme_color": COLOUR,
        "background_color": BEHIND,
        "icons": [
            {"src": static("field/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("field/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {"src": static("field/icon-mask-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }
