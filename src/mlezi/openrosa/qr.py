"""How a phone is told where to send: ODK Collect's settings as a QR code.

Collect reads base64 of zlib of JSON. Source: docs.getodk.org, "Configuring Collect with QR codes".
"""

from __future__ import annotations

import base64
import json
import zlib
from io import BytesIO

import segno

ACCENT = "#0f7c7a"


def settings_text(*, address: str, name: str) -> str:
    """What the code holds. Forms follow the server exactly, and finished records leave by themselves."""
    settings = {
        "general": {"server_url": address, "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"},
        "project": {"name": name, "icon": "M", "color": ACCENT},
        "admin": {},
    }
    return base64.b64encode(zlib.compress(json.dumps(settings).encode())).decode()


def read_settings(text: str) -> dict[str, object]:
    """The settings in a code, as Collect reads them."""
    return dict(json.loads(zlib.decompress(base64.b64decode(text))))


def drawing(text: str, *, title: str) -> str:
    """The code as an SVG drawing to stand in a page, with a title for screen readers."""
    out = BytesIO()
    segno.make(text, error="l", micro=False).save(
        out,
        kind="svg",
        scale=4,
        border=4,
        xmldecl=False,
        svgns=True,
        title=title,
        light="white",
        unit="",
        omitsize=True,
    )
    return out.getvalue().decode()
