"""Settings, from every value that `config/settings.py` reads."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from mlezi.plumbing.environment import READ


def page() -> str:
    str(settings.DATA)  # the settings are read, and with them every value
    lines = [
        "# Settings",
        "",
        "Set as environment variables; every one has a default. Written from `config/settings.py`.",
        "",
        "| name | kind | default | what it does |",
        "| --- | --- | --- | --- |",
    ]
    for setting in sorted(READ.values(), key=lambda setting: setting.name):
        lines.append(f"| `{setting.name}` | {setting.kind} | {_default(setting.default)} | {setting.help} |")
    return "\n".join(lines) + "\n"


def _default(value: str) -> str:
    if value.startswith("/"):  # a folder of this machine means nothing to a reader
        return f"`./{Path(value).name}`"
    return f"`{value}`" if value else "empty"
