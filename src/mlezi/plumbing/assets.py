"""Which built files a page asks for, read from the manifest that the front-end build leaves behind.

Where nothing was built (a checkout before its first build) pages still work: unstyled, without scripts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

BUILT = Path(__file__).resolve().parent / "static" / "built"


@dataclass(frozen=True)
class Entry:
    """The files of one folder of `frontend/`, as paths below the static root."""

    script: str = ""
    styles: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    chunks: tuple[str, ...] = ()  # scripts that the first one imports, now or later


def entry(name: str) -> Entry:
    """The built files of `frontend/<name>/main.ts`; empty when there are none."""
    manifest = BUILT / "manifest.json"
    if not manifest.exists():
        return Entry()
    return _read(manifest, manifest.stat().st_mtime_ns).get(name, Entry())


@lru_cache(maxsize=2)
def _read(manifest: Path, _changed: int) -> dict[str, Entry]:
    chunks = json.loads(manifest.read_text("utf-8"))
    return {
        source.split("/")[0]: Entry(
            script=f"built/{chunk['file']}",
            styles=tuple(f"built/{name}" for name in chunk.get("css", [])),
            fonts=tuple(f"built/{name}" for name in chunk.get("assets", []) if name.endswith(".woff2")),
            chunks=tuple(f"built/{chunks[name]['file']}" for name in _imported(chunks, source)),
        )
        for source, chunk in chunks.items()
        if chunk.get("isEntry")
    }


def _imported(chunks: dict[str, Any], source: str) -> list[str]:
    """What a chunk imports, and what those import, each once."""
    found: list[str] = []
    waiting = [source]
    while waiting:
        chunk = chunks[waiting.pop()]
        for name in (*chunk.get("imports", []), *chunk.get("dynamicImports", [])):
            if name not in found and name != source:
                found.append(name)
                waiting.append(name)
    return sorted(found)


def document_fonts() -> Path | None:
    """Folder of the typeface as files that documents and charts are set in; None before the first build."""
    folder = BUILT / "document-fonts"
    return folder if folder.is_dir() else None
