"""Reference pages, written from the code they describe. A stale page fails `dev.py check`."""

from __future__ import annotations

import json
from collections.abc import Callable

from mlezi.blueprints.schema import Blueprint
from mlezi.cli._reference import blueprint, commands, indicators, permissions, problems, settings, vocabulary

PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings.page,
    "problems.md": problems.page,
    "permissions.md": permissions.page,
    "vocabulary.md": vocabulary.page,
    "indicators.md": indicators.page,
    "commands.md": commands.page,
    "blueprint.md": blueprint.page,
    "blueprint.schema.json": lambda: json.dumps(Blueprint.model_json_schema(), indent=2, ensure_ascii=False) + "\n",
}
