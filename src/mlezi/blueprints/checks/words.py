"""Every title exists in every language of the blueprint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from mlezi.blueprints.findings import ADVICE
from mlezi.blueprints.reading import Reading
from mlezi.formats.located_yaml import Path


def check(reading: Reading) -> None:
    assert reading.blueprint is not None
    languages = reading.blueprint.languages
    for path, words in _titles(reading.blueprint, ()):
        missing = [language for language in languages if not words.get(language, "").strip()]
        strange = sorted(set(words) - set(languages))
        if missing:
            reading.add(path, f"No words in {', '.join(missing)}.", "People will see another language.", weight=ADVICE)
        if strange:
            reading.add(path, f"{', '.join(strange)} is not among `languages`.", "Add it there, or remove it here.")


def _titles(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            part = getattr(value, name)
            if name in {"title", "summary"} and isinstance(part, dict):
                yield (*path, name), part
            elif name == "levels" and path and path[0] == "framework":
                yield from (((*path, name, number), words) for number, words in enumerate(part))
            else:
                yield from _titles(part, (*path, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _titles(part, (*path, number))
