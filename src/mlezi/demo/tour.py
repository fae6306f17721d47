"""Opens the tour on the start page, in a demonstration and nowhere else."""

from __future__ import annotations

from django.conf import settings

from mlezi.demo import progress
from mlezi.office import touring
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


def is_open() -> bool:
    """Started by `mlezi demo`, with a made-up programme, and with no programme that is real."""
    if not settings.DEMO:
        return False
    made_up = set(Programme.objects.values_list("is_made_up", flat=True))
    return made_up == {True}


def somebody(role: str) -> Person | None:
    from mlezi.demo import stage  # noqa: PLC0415 - knows every room; only a demonstration pays for that

    try:
        return stage.somebody(role)
    except IndexError:
        return None


def done_of() -> tuple[int, int]:
    now = progress.state()
    return now.done, now.total


def register() -> None:
    """Called once at start-up."""
    touring.register(touring.Guide(is_open, somebody, done_of))
