"""What keeps people out of a page: whatever axe minds, and what is wider than the screen, narrow and wide.

from mlezi.testing.barriers import barriers

assert barriers(page) == []
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

SHOTS = os.environ.get("MLEZI_SHOTS", "")  # a folder, to look at what the browser sees
WIDTHS = (1440, 390)
LONG = bool(os.environ.get("MLEZI_LONG"))


@lru_cache(maxsize=1)
def _axe() -> str:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # noqa: PLC0415

    return str(Axe().axe_script)


def barriers(page: Any, *, widths: Sequence[int] = WIDTHS, name: str = "") -> list[str]:
    """One line for each; the page stays at the last width. Its pictures go where MLEZI_SHOTS says.

    Contrast takes axe longest and its colours are those of every width: it is looked at in the last one.
    """
    found = []
    page.evaluate(_axe())
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        is_enabled = LONG or width == widths[-1]
        asks = {
            "resultTypes": ["violations"],
            "elementRef": False,
            "rules": {"color-contrast": {"enabled": is_enabled}},
        }
        broken = page.evaluate("asks => axe.run(asks)", asks)["violations"]
        found += [f"{page.url} {width} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in broken]
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append(f"{page.url} {width}: wider than the screen")
        if SHOTS:
            stem = name or page.url.partition("//")[2].partition("/")[2].strip("/").replace("/", "-") or "start"
            page.screenshot(path=Path(SHOTS) / f"{stem[:80]}-{width}.png", full_page=True)
    return found
