"""mlezi worker"""

from __future__ import annotations

import os
import signal
import threading

import click

from mlezi.audit import worker


@click.command()
@click.option("--parent", type=int, default=None, help="Stop when this process is gone. `mlezi serve` gives its own.")
@click.option("--once", is_flag=True, help="Handle what is due now, then stop.")
def command(parent: int | None, once: bool) -> None:
    """Do what follows from what happened: derive records, keep figures in step. `mlezi serve` starts one.

    Run several, on several machines, where one is too slow. A worker may be killed at any moment: what it
    had begun is found and done again.
    """
    if once:
        click.echo(f"Handled {worker.drain(limit=3600)}.")
        return
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if parent is not None:
        threading.Thread(target=_watch, args=(parent, stop), daemon=True).start()
    worker.run_forever(stop)


def _watch(parent: int, stop: threading.Event) -> None:
    """Let go when whoever started this process is gone, as after a power cut of the web server."""
    while not stop.wait(2):
        if os.getppid() != parent:
            stop.set()
