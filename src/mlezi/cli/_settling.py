"""Waits until every record that came in means something, so that no figure is told from half of them."""

from __future__ import annotations

import time

import click

from mlezi.audit import worker
from mlezi.audit.models import Event
from mlezi.plumbing import clock

PATIENCE = 60.0  # seconds in which nothing moves: a worker that was killed holds what it had for some minutes


def settle() -> None:
    """Work out what waits, beside a server's own worker; say so when something stays behind."""
    since = time.monotonic()
    while time.monotonic() - since < PATIENCE:
        if worker.run_once():
            since = time.monotonic()
        elif not (held := _held()):
            break
        else:
            time.sleep(0.2)
            since = time.monotonic() if _held() < held else since
    n = Event.objects.filter(waits=True).count()
    if n:
        click.echo(
            f"{n} things that came in are not worked out yet, and are left out here. See: mlezi doctor", err=True
        )


def _held() -> int:
    """How many another worker has in hand."""
    return Event.objects.filter(waits=True, leased_until__gt=clock.now()).count()
