"""How far the demo's year has come in, for the page that shows it. A small file in the data folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

UNCOUNTED = -1  # the total before anybody counted


@dataclass(frozen=True)
class State:
    done: int = 0
    total: int = 0

    @property
    def is_running(self) -> bool:
        """Also before anybody counted; an installation that never was a demo has 0 of 0."""
        return self.done != self.total


def _file() -> Path:
    return Path(settings.DATA) / "demo-progress.json"


def note(done: int, total: int) -> None:
    """Called by the process that loads."""
    new = _file().with_suffix(".new")
    new.write_text(json.dumps(asdict(State(done, total))))
    new.replace(_file())


def state() -> State:
    """Called by pages; an installation without a demo is simply not loading."""
    try:
        return State(**json.loads(_file().read_text()))
    except (OSError, ValueError, TypeError):
        return State()
