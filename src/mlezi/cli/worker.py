"""mlezi worker"""

from __future__ import annotations

import os
import signal
import threading
import time

import click

from mlezi.audit import worker
from mlezi.audit.actions import MACHINE
from mlezi.evaluation import warming
from mlezi.evaluation.actions import note_outdated
from mlezi.plumbing import clock, tuning
from mlezi.surveys import daily


@click.command()
@click.option("--until-empty", is_flag=True, help="Stop when nothing waits any more.")
@click.option("--parent", type=int, hidden=True, help="Stop when this process is gone.")
def command(until_empty: bool, parent: int | None) -> None:
    """Do what waits: derive what new records mean, and whatever follows from events.

    `mlezi serve` starts one by itself; start more on other machines when one cannot keep up.
    """
    if until_empty:
        note_outdated(by=MACHINE, at=clock.now())
        click.echo(f"{worker.drain(limit=24 * 3600)} events handled.")
        return
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if parent is not None:
        threading.Thread(target=_watch, args=(parent, stop), daemon=True).start()
    threading.Thread(target=tuning.keep_fresh, args=(stop,), daemon=True).start()
    threading.Thread(target=daily.keep_due, args=(stop,), daemon=True).start()
    threading.Thread(target=warming.keep_warm, args=(stop,), daemon=True).start()
    note_outdated(by=MACHINE, at=clock.now())
    worker.run_forever(stop)


def _watch(parent: int, stop: threading.Event) -> None:
    """A server that was killed leaves no worker behind."""
    while os.getppid() == parent:
        time.sleep(1)
    stop.set()
