"""Reads settings from the environment, with a type, and fails loudly and clearly.

Every value read is remembered in `READ`, from which `docs/reference/settings.md` is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")


@dataclass(frozen=True)
class Setting:
    name: str
    kind: str
    default: str
    help: str


READ: dict[str, Setting] = {}


def _read(name: str, kind: str, default: T, help_: str, parse: Callable[[str], T]) -> T:
    READ[name] = Setting(name, kind, str(default), help_)
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    try:
        return parse(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={raw!r} is not a {kind}: {error}. It is: {help_}") from error


def text(name: str, default: str, help_: str) -> str:
    return _read(name, "text", default, help_, str)


def number(name: str, default: int, help_: str) -> int:
    return _read(name, "whole number", default, help_, int)


def flag(name: str, default: bool, help_: str) -> bool:
    def parse(raw: str) -> bool:
        if raw.lower() in {"1", "true", "yes", "on"}:
            return True
        if raw.lower() in {"0", "false", "no", "off"}:
            return False
        raise ValueError("write yes or no")

    return _read(name, "yes or no", default, help_, parse)


def folder(name: str, default: Path, help_: str) -> Path:
    return _read(name, "folder", default, help_, lambda raw: Path(raw).expanduser().resolve())


def names(name: str, default: list[str], help_: str) -> list[str]:
    return _read(name, "list with commas", default, help_, lambda raw: [n.strip() for n in raw.split(",") if n.strip()])
